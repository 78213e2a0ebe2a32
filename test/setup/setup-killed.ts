// Runs the setup in the home of HOME, into the folder of the first argument, and kills itself right after the n-th call that changes
// something on the disk (second argument; 0: never). At the end it prints how many there were.
import { dieAfterOperation } from './dying-disk.ts';

const [folder = '', at] = process.argv.slice(2);
const operations = dieAfterOperation(Number(at));

const { openNetwork } = await import('../../src/org/http.ts');
const { runSetup } = await import('./setup-run.ts');
await runSetup(
  process.env.HOME ?? '',
  folder,
  openNetwork({}, () => new Date())
);
process.stdout.write(String(operations()));
