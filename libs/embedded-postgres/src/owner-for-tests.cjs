// A process that does nothing, to be killed.
setInterval(() => undefined, 60_000);
