import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { contract, contractFiles } from '../../scripts/contract.ts';

const root = join(import.meta.dirname, '..', '..');
const advice =
  'Run "npm run contract", and commit what it writes if the change is meant: names, flags and results are API.';

describe('contract: generated files', function () {
  // Every command is loaded and every type of a result is read: a busy machine takes its time.
  this.timeout(180_000);

  let wanted: Map<string, string>;

  before(async () => {
    wanted = await contract();
  });

  it('lib/ holds nothing that src/ does not', () => {
    const built = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' });
    const orphans = built
      .filter((file) => file.endsWith('.js'))
      .filter((file) => !existsSync(join(root, 'src', file.replace(/\.js$/, '.ts'))));
    expect(orphans, 'Run "npm run clean", then "npm run build".').to.deep.equal([]);
  });

  it('there is a manifest, a snapshot, and one schema per command, and no other', () => {
    expect(contractFiles(), advice).to.have.members([...wanted.keys()]);
  });

  for (const file of contractFiles()) {
    it(`${file} says what the code says`, () => {
      expect(readFileSync(join(root, file), 'utf8'), advice).to.equal(`${wanted.get(file) ?? ''}\n`);
    });
  }
});
