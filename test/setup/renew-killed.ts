// Renews the certificate of the login in the home of HOME, in the way of the first argument, and kills itself right after the n-th call
// that changes something on the disk (second argument; 0: never). At the end it prints how many there were.
import { dieAfterOperation } from './dying-disk.ts';

const [way = '', at] = process.argv.slice(2);
const operations = dieAfterOperation(Number(at));

const { openNetwork } = await import('../../src/org/http.ts');
const { renewalWays, runRenew } = await import('./renew-run.ts');
await runRenew(
  renewalWays.find((one) => one === way) ?? 'renew',
  openNetwork({}, () => new Date())
);
process.stdout.write(String(operations()));
