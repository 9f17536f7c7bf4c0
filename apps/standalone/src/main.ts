import { banner } from './banner';
import { readStandaloneEnvironment } from './environment';
import { runToTheEnd } from './run-to-the-end';
import { startEverything } from './start-everything';

void runToTheEnd(async () => {
  const startedAt = performance.now();
  const env = readStandaloneEnvironment(process.env);
  // From the first moment, so that a Ctrl-C during the start stops cleanly too; and more than once, as npm passes on the
  // Ctrl-C that the terminal has already sent us.
  const askedToStop = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
  const everything = await startEverything(env);
  const withDemo = env.POSTRIDER_DEMO && everything.simulatorUrl !== undefined;
  console.log(banner({ ...everything, withDemo, tookMs: performance.now() - startedAt }));
  await askedToStop;
  await everything.close();
});
