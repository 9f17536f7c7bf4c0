import { join } from 'node:path';
import { startBroker, type Broker } from './broker';
import { kafkaFolder, whatKafkaLacks } from './kafka-jars';

const ports = { broker: 9092, controller: 9093 };
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Whether somebody wants us to end. */
let asked = false;
let broker: Broker | undefined;

/** A real Apache Kafka in the foreground, until Ctrl-C. */
async function main(): Promise<void> {
  const leave = (): void => {
    asked = true;
    void broker?.stop();
  };
  process.on('SIGINT', leave).on('SIGTERM', leave);
  const lack = whatKafkaLacks();
  if (lack) throw new Error(lack);
  broker = await startBroker({ ports, folder: join(kafkaFolder, 'data'), say });
  say(`Apache Kafka serves on ${broker.brokers}; its data are in .kafka/data. Ctrl-C stops it.`);
  const awake = setInterval(() => undefined, 60_000);
  if (asked) await broker.stop();
  await broker.gone;
  clearInterval(awake);
  if (!asked) throw new Error('Kafka ended by itself; .kafka/data/broker.log says why.');
  say('Apache Kafka has stopped.');
}

main().catch((error: unknown) => {
  if (asked) return; // Ctrl-C also ended what was being started.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
