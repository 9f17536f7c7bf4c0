import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { onceInRun } from './run-folder';

/**
 * Whether a container engine answers; asked once in a run. The docker command says nothing: it can be there without an
 * engine. Where no address of an engine is in sight, the library that would ask is not even loaded.
 */
export function containerEngine(): Promise<boolean> {
  return onceInRun('container-engine', async () => {
    const { DOCKER_HOST, XDG_RUNTIME_DIR } = process.env;
    const sockets = [
      '/var/run/docker.sock',
      join(XDG_RUNTIME_DIR ?? '/nowhere', 'docker.sock'),
      join(XDG_RUNTIME_DIR ?? '/nowhere', 'podman/podman.sock'),
      join(homedir(), '.docker/run/docker.sock'),
      join(homedir(), '.testcontainers.properties'),
    ];
    if (!DOCKER_HOST && process.platform !== 'win32' && !sockets.some((path) => existsSync(path))) return false;
    const { getContainerRuntimeClient } = await import('testcontainers');
    return getContainerRuntimeClient().then(
      () => true,
      () => false,
    );
  });
}
