// Holds a Postgres container for a run: a worker must not, because the container would end with the worker.
const { GenericContainer, Wait } = require('testcontainers');

async function hold() {
  const container = await new GenericContainer('postgres:18')
    .withEnvironment({ POSTGRES_PASSWORD: 'postgres', POSTGRES_INITDB_ARGS: '--locale=C --encoding=UTF8' })
    .withCommand(['postgres', '-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=300'])
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
    .start();
  process.on('SIGTERM', () => void container.stop().finally(() => process.exit(0)));
  process.send({
    url: `postgres://postgres:postgres@${container.getHost()}:${container.getMappedPort(5432)}/postgres`,
  });
  process.disconnect();
  setInterval(() => undefined, 60_000);
}

hold().catch((error) => process.send({ error: error.message }, () => process.exit(1)));
