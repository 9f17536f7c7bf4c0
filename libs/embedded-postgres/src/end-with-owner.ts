import { spawn } from 'node:child_process';

/** Ends the server when its owner is gone, however it went: a SIGKILL leaves nobody else to do it. */
const watch = `while kill -0 "$1" 2>/dev/null && kill -0 "$2" 2>/dev/null; do sleep 1; done; kill -INT "$2" 2>/dev/null`;

/** Returns the watcher's process id; undefined where there is no shell to watch with. */
export function endWithOwner(ownerPid: number, serverPid: number): number | undefined {
  if (process.platform === 'win32') return undefined;
  const watcher = spawn('/bin/sh', ['-c', watch, 'end-with-owner', String(ownerPid), String(serverPid)], {
    detached: true,
    stdio: 'ignore',
    cwd: '/',
  });
  watcher.on('error', () => undefined);
  watcher.unref();
  return watcher.pid;
}
