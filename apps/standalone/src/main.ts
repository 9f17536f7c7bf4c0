import { banner } from './banner';
import { readStandaloneEnvironment } from './environment';
import { runToTheEnd } from './run-to-the-end';
import { startEverything } from './start-everything';

void runToTheEnd(async () => {
  const startedAt = performance.now();
  const env = readStandaloneEnvironment(process.env);
  const everything = await startEverything(env);
  const withDemo = env.POSTRIDER_DEMO && everything.simulatorUrl !== undefined;
  console.log(banner({ ...everything, withDemo, tookMs: performance.now() - startedAt }));
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await everything.close();
});
