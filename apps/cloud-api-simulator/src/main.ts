import { startSimulator } from './start-simulator';

const usage = 'Usage: npm run simulator -- [--seed file.json] [--state file.json] [--load]';

function argumentAfter(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return console.log(usage);
  const given = process.env.SIMULATOR_PORT ?? '3010';
  const port = Number(given);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`SIMULATOR_PORT is "${given}", not a port.`);
  const seedPath = argumentAfter('--seed') ?? process.env.SIMULATOR_SEED;
  const statePath = argumentAfter('--state') ?? process.env.SIMULATOR_STATE;
  const simulator = await startSimulator({
    port,
    host: process.env.SIMULATOR_HOST ?? '127.0.0.1',
    ...(seedPath !== undefined && { seedPath }),
    ...(statePath !== undefined && { statePath }),
    load: process.argv.includes('--load') || process.env.SIMULATOR_LOAD === '1',
  });
  console.log(`Cloud API simulator  ${simulator.url}`);
  console.log(`Inspector            ${simulator.url}/_sim/`);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void simulator.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
