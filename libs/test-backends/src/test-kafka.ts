import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBroker, type Broker } from './kafka/broker';
import { containerEngineAnswers, startContainerBroker } from './kafka/container-broker';
import { freePorts } from './free-ports';
import { whatKafkaLacks } from './kafka/kafka-jars';
import { sharedBroker } from './kafka/shared-broker';
import { endWithRun, runFolder } from './run-folder';

const startWithinMs = 240_000;

export interface TestKafka {
  readonly brokers: readonly string[];
}

/**
 * A real Apache Kafka, one for all workers of a test run: that of KAFKA_BROKERS, else a container's, else one of this
 * machine's Java and Maven. Topics and groups of a test need names of their own. Throws where none can be had.
 */
export async function testKafka(): Promise<TestKafka> {
  const given = process.env.KAFKA_BROKERS;
  if (given) return { brokers: given.split(',') };
  const lack = containerEngineAnswers() ? undefined : whatKafkaLacks();
  if (lack) throw new Error(lack);
  return { brokers: [await sharedBroker()] };
}

/** A `describe` that needs Kafka: passed over with one line where there is none, failed where REQUIRE_KAFKA=1. */
export function describeWithKafka(name: string, suite: () => void): void {
  const lack =
    (process.env.KAFKA_BROKERS ?? (containerEngineAnswers() ? 'engine' : undefined)) ? undefined : whatKafkaLacks();
  describeUnless(lack, name, () => {
    beforeAll(() => testKafka(), startWithinMs);
    suite();
  });
}

/** Like `describeWithKafka`, for suites that stop and start a broker of their own (`ownKafka`). */
export function describeWithOwnKafka(name: string, suite: () => void): void {
  describeUnless(containerEngineAnswers() ? undefined : whatKafkaLacks(), name, suite);
}

function describeUnless(lack: string | undefined, name: string, suite: () => void): void {
  if (!lack) return describe(name, suite);
  if (process.env.REQUIRE_KAFKA === '1') {
    return describe(name, () => {
      it('has the Kafka that REQUIRE_KAFKA=1 asks for', () => {
        throw new Error(lack);
      });
    });
  }
  sayOnce(`The Kafka suites are passed over. ${lack} Or set KAFKA_BROKERS.`);
  describe.skip(name, suite);
}

function sayOnce(line: string): void {
  try {
    writeFileSync(join(runFolder(), 'kafka-passed-over'), line, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw error;
  }
  process.stderr.write(`${line}\n`);
}

/** A broker that one test may stop and start again, with its data and its address kept. */
export interface OwnKafka extends TestKafka {
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends it for good. */
  close(): Promise<void>;
}

/** Starts a broker that nobody else uses. */
export async function ownKafka(): Promise<OwnKafka> {
  if (containerEngineAnswers()) {
    const container = await startContainerBroker();
    return { ...container, brokers: [container.brokers] };
  }
  const [port = 0, controller = 0] = await freePorts(2);
  const folder = join(runFolder(), `kafka-${port}`);
  let broker: Broker | undefined;
  const start = async (): Promise<void> => {
    broker = await startBroker({ ports: { broker: port, controller }, folder });
    endWithRun(`kafka-${port}`, broker.pid);
  };
  const stop = async (): Promise<void> => broker?.stop();
  await start();
  return { brokers: [`127.0.0.1:${port}`], start, stop, close: stop };
}
