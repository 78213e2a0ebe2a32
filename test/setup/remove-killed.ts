// Removes the set-up of the home of HOME, and kills itself right after the n-th call that changes something on the disk (first argument;
// 0: never). At the end it prints how many there were.
import { dieAfterOperation } from './dying-disk.ts';

const operations = dieAfterOperation(Number(process.argv[2]));

const { openNetwork } = await import('../../src/org/http.ts');
const { runRemove } = await import('./remove-run.ts');
await runRemove(openNetwork({}, () => new Date()));
process.stdout.write(String(operations()));
