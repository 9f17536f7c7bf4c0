import { EnvironmentError } from '@postrider/service-host';
import { readGatewayEnvironment } from './environment';
import { startGateway } from './gateway';

async function main(): Promise<void> {
  const { port, addresses } = readGatewayEnvironment(process.env);
  const gateway = await startGateway({ host: '0.0.0.0', port, addresses });
  console.log(`The gateway listens on port ${new URL(gateway.url).port} for ${[...addresses.keys()].join(', ')}.`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
  await gateway.close();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof EnvironmentError ? error.message : error);
    process.exit(1);
  },
);
