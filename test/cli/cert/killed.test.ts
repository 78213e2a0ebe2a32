import { mkdirSync, rmSync } from 'node:fs';
import { expect } from 'chai';
import { publishFiles } from '../../../src/files/publish.ts';
import { readInputFile } from '../../../src/files/read.ts';
import { problemOf } from '../../../src/errors.ts';
import { onPosix } from '../../files/posix.ts';
import { Place } from '../process.ts';
import { makeKilled, randomNumbers, type Ending, type Moment, type Victim } from './killing.ts';
import {
  besides,
  expectSecretsPrivate,
  filesOfSet,
  lookInto,
  publicKeysOf,
  setNames,
  storePassword,
  type Lying,
} from './set-in-folder.ts';

/** With AQUILA_LONG=1 as `npm run test:long` has it, the whole; otherwise a sample. Most runs leave out the framework's start. */
const isLong = process.env.AQUILA_LONG === '1';
const runs: Record<Victim, number> = isLong ? { command: 40, function: 160 } : { command: 2, function: 6 };

/** The moments are the same in every run of this test, as far as a machine repeats itself. */
const random = randomNumbers(20_261_121);

const journal = '.sf-aquila-journal.json';

describe('sf aquila cert create, killed at random moments', () => {
  let place: Place;
  let folder: string;
  before(() => {
    place = new Place();
    folder = place.path('keys');
    mkdirSync(folder);
  });
  after(() => place.remove());

  const make = (victim: Victim, moment?: Moment): Promise<Ending> =>
    makeKilled(victim, { home: place.folder, folder, password: storePassword }, moment);

  /** Three of four fall while files are being written, the others anywhere between the start and the end. */
  const anyMoment = (whole: Ending): Moment =>
    random() < 0.75
      ? { atChange: 1 + Math.floor(random() * whole.changes) }
      : { afterMs: Math.floor(random() * whole.ms) };

  /** A command that only reads in the folder, as login and verify do. */
  const readOn = async (): Promise<void> => {
    const code = await readInputFile(place.path('keys', 'server.key'), 'key').then(
      () => 'read',
      (error: unknown) => problemOf(error).code
    );
    expect(['read', 'KeyFileMissing']).to.include(code);
  };

  /** A command that writes something else into the folder; what it has written is taken away. */
  const writeOn = async (victim: Victim): Promise<void> => {
    if (victim === 'command') {
      const words = ['cert', 'create', '--name', 'other', '--force', '--no-prompt', '--output-dir', folder];
      const { code, stderr } = await place.run(words);
      expect(code, stderr).to.equal(0);
    } else {
      await publishFiles(folder, [{ name: 'other.crt', bytes: 'x', mode: 0o644 }], { force: true });
    }
    for (const end of ['crt', 'csr', 'key', 'pem']) rmSync(place.path('keys', `other.${end}`), { force: true });
  };

  /** Every file under a final name is whole, and is the earlier one or belongs to the one new key. */
  async function expectWholeFiles(earlier: Lying, lying: Lying): Promise<void> {
    const news = new Set<string>();
    for (const [name, key] of await publicKeysOf(lying)) {
      if (!earlier.get(name)?.bytes.equals(lying.get(name)!.bytes)) news.add(key);
    }
    expect(news.size, 'new keys').to.be.lessThan(2);
  }

  /** The earlier set as it was, or a whole new one of one key. */
  async function outcomeOf(earlier: Lying, after: Lying): Promise<'earlier' | 'new'> {
    const [before, now] = [filesOfSet(earlier), filesOfSet(after)];
    if ([...now].every(([name, { bytes }]) => before.get(name)?.bytes.equals(bytes)) && now.size === before.size) {
      return 'earlier';
    }
    expect([...now.keys()]).to.deep.equal(setNames);
    const keys = new Set((await publicKeysOf(now)).values());
    expect(keys.size, 'keys of the new set').to.equal(1);
    const [earlierKey] = (await publicKeysOf(before)).values();
    expect([...keys]).to.not.deep.equal([earlierKey]);
    for (const [name, { mode }] of now) expect(mode, name).to.equal(/\.(?:crt|csr)$/.test(name) ? 0o644 : 0o600);
    return 'new';
  }

  for (const victim of ['function', 'command'] as const) {
    const title = victim === 'command' ? 'by bin/run.js' : 'in a process without the framework';
    onPosix(
      `${runs[victim]} times ${title}: each time the earlier set or the new one, whole, and nothing besides`,
      async function () {
        this.timeout(isLong ? 1_200_000 : 60_000);
        const whole = await make(victim);
        expect(whole.wasKilled).to.be.false;
        const tally = { killed: 0, 'journal left': 0, earlier: 0, new: 0 };
        for (let run = 0; run < runs[victim]; run += 1) {
          // An earlier set is the usual case; every fifth time there is none.
          if (run % 5 === 4) for (const name of setNames) rmSync(place.path('keys', name), { force: true });
          const earlier = lookInto(folder);
          const ending = await make(victim, anyMoment(whole));

          const left = lookInto(folder);
          expectSecretsPrivate(left);
          await expectWholeFiles(earlier, left);

          if (run % 2 === 0) {
            await readOn();
            const read = lookInto(folder);
            expect(besides(read)).to.deep.equal([]);
            await outcomeOf(earlier, read);
          }
          await writeOn(victim);
          const after = lookInto(folder);
          expect(besides(after)).to.deep.equal([]);
          tally[await outcomeOf(earlier, after)] += 1;
          if (ending.wasKilled) tally.killed += 1;
          if (left.has(journal)) tally['journal left'] += 1;
        }
        if (isLong) console.log(`      ${victim}: ${JSON.stringify(tally)}`);
        expect(tally.killed).to.be.greaterThan(0);
        if (isLong) expect(Math.min(...Object.values(tally)), JSON.stringify(tally)).to.be.greaterThan(0);
      }
    );
  }
});
