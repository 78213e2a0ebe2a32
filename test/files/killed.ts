// Publishes a set of two files into the folder of the first argument, and kills itself right after the n-th call that
// changes something there. Arguments: folder, "force" or "fresh", n, and "links" or "no-links".
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [folder, mode, at, links] = process.argv.slice(2);

let count = 0;
function afterwards<T>(result: T): T {
  count += 1;
  if (count === Number(at)) process.kill(process.pid, 'SIGKILL');
  return result;
}

for (const call of ['openSync', 'linkSync', 'renameSync', 'rmSync'] as const) {
  const original = fs[call] as (...args: unknown[]) => unknown;
  (fs as unknown as Record<string, unknown>)[call] = (...args: unknown[]): unknown => {
    if (call === 'linkSync' && links === 'no-links') throw Object.assign(new Error('no links'), { code: 'EPERM' });
    const changes = call === 'openSync' ? args[1] === 'wx' : fs.existsSync(String(args[0]));
    const result = original(...args);
    return changes ? afterwards(result) : result;
  };
}
const { open } = fs.promises;
fs.promises.open = async (...args) => afterwards(await open(...args));
syncBuiltinESMExports();

const { publishFiles } = await import('../../src/files/publish.ts');
const files = ['server.crt', 'server.key'].map((name) => ({ name, bytes: `new ${name}`, mode: 0o600 as const }));
await publishFiles(folder!, files, { force: mode === 'force' });
