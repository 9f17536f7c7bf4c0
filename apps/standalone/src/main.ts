import { banner } from './banner';
import { readStandaloneEnvironment } from './environment';
import { runToTheEnd } from './run-to-the-end';
import { startEverything } from './start-everything';

void runToTheEnd(async () => {
  const startedAt = performance.now();
  const env = readStandaloneEnvironment(process.env);
  // Listened for from the first moment: a Ctrl-C during the start stops cleanly too.
  const askedToStop = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const everything = await startEverything(env);
  const withDemo = env.POSTRIDER_DEMO && everything.simulatorUrl !== undefined;
  console.log(banner({ ...everything, withDemo, tookMs: performance.now() - startedAt }));
  await askedToStop;
  await everything.close();
});
