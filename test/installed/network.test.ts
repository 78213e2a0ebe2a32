import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { workshop } from './workshop.ts';

/** Every scene of this folder runs behind a proxy and this guard; here it is shown that the guard lets nothing past. */
describe('installed: the guard of the network', () => {
  // Names and addresses that nobody has (RFC 2606, RFC 5737), in case the guard should fail.
  const ways: Array<[way: string, program: string, host: string]> = [
    ['fetch', `await fetch('https://a.invalid')`, 'a.invalid'],
    ['a request', `(await import('node:https')).get('https://192.0.2.1').on('error', fail)`, '192.0.2.1'],
    ['a socket', `(await import('node:net')).connect(443, '192.0.2.2').on('error', fail)`, '192.0.2.2'],
    ['a name', `(await import('node:dns')).lookup('b.invalid', (error) => error && fail(error))`, 'b.invalid'],
    ['a promised name', `await (await import('node:dns/promises')).resolve4('c.invalid')`, 'c.invalid'],
  ];
  for (const [way, program, host] of ways) {
    it(`refuses ${way} beyond this machine and writes the host down`, () => {
      const file = join(mkdtempSync(join(workshop, 'guard-')), 'wanted-hosts');
      const guard = `--import=${pathToFileURL(join(import.meta.dirname, 'network-guard.js')).href}`;
      const fail = `const fail = ({ code, cause }) => process.exit((code ?? cause?.code) === 'ECONNREFUSED' ? 61 : 1);`;
      const script = `${fail} try { ${program} } catch (error) { fail(error) }`;
      const env = { NETWORK_GUARD_FILE: file };
      const { status, stderr } = spawnSync(process.execPath, [guard, '--input-type=module', '--eval', script], { env });
      expect(status, String(stderr)).to.equal(61);
      expect(existsSync(file) && readFileSync(file, 'utf8')).to.equal(`${host}\n`);
    });
  }
});
