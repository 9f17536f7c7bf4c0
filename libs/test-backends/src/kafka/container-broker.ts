import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';
import { freePorts } from '../free-ports';

const image = 'apache/kafka:4.1.1';
const startWithinMs = 180_000;

/** Whether a container engine answers, and not merely its command is there. Asked without waiting, since specs choose at once. */
export function containerEngineAnswers(): boolean {
  if (/^(tcp|http)/.test(process.env.DOCKER_HOST ?? '')) return true;
  const socket = [
    process.env.DOCKER_HOST?.replace(/^unix:\/\//, ''),
    '/var/run/docker.sock',
    join(process.env.XDG_RUNTIME_DIR ?? '/run/user/0', 'docker.sock'),
    join(process.env.HOME ?? '/', '.docker/run/docker.sock'),
  ].find((path) => path && existsSync(path));
  if (!socket) return false;
  const ping = `require('http').get({socketPath: ${JSON.stringify(socket)}, path: '/_ping', timeout: 2000}, (answer) =>
    process.exit(answer.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1)).on('timeout', () => process.exit(1))`;
  return spawnSync(process.execPath, ['-e', ping]).status === 0;
}

/** Kafka in a container, on a host port that stays the same over stop and start. */
export async function startContainerBroker() {
  const [port = 0] = await freePorts(1);
  const container = await new GenericContainer(image)
    .withExposedPorts({ container: port, host: port })
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@127.0.0.1:9093',
      KAFKA_LISTENERS: `PLAINTEXT://0.0.0.0:${port},CONTROLLER://127.0.0.1:9093`,
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'PLAINTEXT',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '4',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
    })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .withStartupTimeout(startWithinMs)
    .start();
  const engine = (await getContainerRuntimeClient()).container.getById(container.getId());
  return {
    brokers: `127.0.0.1:${port}`,
    stop: async (): Promise<void> => void (await engine.stop({ t: 10 })),
    start: async (): Promise<void> => void (await engine.start()),
    close: async (): Promise<void> => void (await container.stop()),
  };
}
