import { join } from 'node:path';
import { endWithRun, onceInRun, runFolder } from '../run-folder';
import { startBroker } from './broker';
import { containerEngineAnswers, startContainerBroker } from './container-broker';
import { freePorts } from '../free-ports';

/** The one broker of a test run: the first worker that asks starts it, and it ends with the run. */
export function sharedBroker(): Promise<string> {
  return onceInRun('kafka', async () => {
    if (containerEngineAnswers()) return (await startContainerBroker()).brokers;
    const [broker = 0, controller = 0] = await freePorts(2);
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const { brokers, pid } = await startBroker({
      ports: { broker, controller },
      folder: join(runFolder(), 'kafka'),
      say,
    });
    endWithRun('kafka', pid);
    return brokers;
  });
}
