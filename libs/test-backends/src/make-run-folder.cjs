// A run's folder holds what its backends share: `owner.pid`, `pids/<name>.pid` ("<pid> [signal]", SIGTERM by default),
// data and answers. Whoever ends the run ends the processes that are registered there.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawn } = require('node:child_process');

const prefix = 'postrider-test-';

const isRunning = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

function makeRunFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), prefix));
  // Postgres runs as another user where we are root, and must be able to pass.
  fs.chmodSync(folder, 0o755);
  fs.mkdirSync(path.join(folder, 'pids'));
  fs.writeFileSync(path.join(folder, 'owner.pid'), String(process.pid));
  endWithOwner(folder);
  return folder;
}

/** A killed run cannot tidy up after itself: this process sees it go and does. */
function endWithOwner(folder) {
  if (process.platform === 'win32') return;
  const script = `
    while kill -0 "$1" 2>/dev/null && [ -d "$2" ]; do sleep 1; done
    [ -d "$2" ] || exit 0
    for file in "$2"/pids/*.pid; do
      [ -f "$file" ] || continue
      read -r pid signal < "$file" || true
      kill -s "\${signal:-TERM}" "$pid" 2>/dev/null
    done
    sleep 2
    rm -rf "$2"`;
  const args = ['-c', script, 'end-with-owner', String(process.pid), folder];
  spawn('/bin/sh', args, { detached: true, stdio: 'ignore', cwd: '/' }).unref();
}

function registered(folder) {
  const pids = path.join(folder, 'pids');
  if (!fs.existsSync(pids)) return [];
  return fs
    .readdirSync(pids)
    .filter((name) => name.endsWith('.pid'))
    .map((name) => fs.readFileSync(path.join(pids, name), 'utf8').trim().split(/\s+/))
    .map(([pid, signal]) => ({ pid: Number(pid), signal: `SIG${signal ?? 'TERM'}` }))
    .filter(({ pid }) => Number.isInteger(pid) && pid > 1);
}

const send = (pid, signal) => {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
};

/** Ends what the run started and removes its folder. */
async function removeRunFolder(folder, mayKill = () => true) {
  const processes = registered(folder).filter(({ pid }) => isRunning(pid) && mayKill(pid));
  for (const { pid, signal } of processes) send(pid, signal);
  for (let waited = 0; waited < 10_000 && processes.some(({ pid }) => isRunning(pid)); waited += 20) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (const { pid } of processes) if (isRunning(pid)) send(pid, 'SIGKILL');
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Folders of runs whose owner and watcher were both killed. Ids are reused, so a process must name the folder to be ended. */
async function removeStaleRunFolders() {
  for (const name of fs.readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = path.join(os.tmpdir(), name);
    const owner = path.join(folder, 'owner.pid');
    if (!fs.existsSync(owner) || isRunning(Number(fs.readFileSync(owner, 'utf8')))) continue;
    await removeRunFolder(folder, (pid) => commandOf(pid).includes(folder));
  }
}

function commandOf(pid) {
  try {
    return ['cmdline', 'environ'].map((what) => fs.readFileSync(`/proc/${pid}/${what}`, 'utf8')).join(' ');
  } catch {
    // Gone meanwhile, or a system without /proc: left alone.
    return '';
  }
}

module.exports = { makeRunFolder, removeRunFolder, removeStaleRunFolders };
