import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { roomOf, rooms } from '../../src/checks/define.ts';
import type { AsideRead, ReadName } from '../../src/checks/facts.ts';
import { registry } from '../../src/checks/index.ts';
import { handover } from '../../src/handover/fields.ts';
import { commandFaults } from './commands-in-text.ts';
import { notingTables, proven } from './describe-check.ts';

const root = join(import.meta.dirname, '..', '..');
const ids = registry.map(({ id }) => id);
/** What the checks of a room have in common: files of the room that are no checks. */
const besides = rooms.flatMap((room) => {
  const folder = join(root, 'src', 'checks', room);
  const names = existsSync(folder) ? readdirSync(folder).filter((file) => !file.startsWith(`${room}-`)) : [];
  return names.map((file) => `src/checks/${room}/${file}`);
});
const files = rooms.flatMap((room) => {
  const folder = join(root, 'src', 'checks', room);
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.startsWith(`${room}-`)) : [];
});

// The tables of all checks, so that this file also tells the truth when it is run alone. Each is loaded under an address of its own: a file
// that was loaded already would have no tests when its turn comes.
await notingTables(async () => {
  for (const room of rooms) {
    const folder = join(import.meta.dirname, room);
    const names = existsSync(folder) ? readdirSync(folder).filter((file) => file.startsWith(`${room}-`)) : [];
    for (const name of names) await import(`${pathToFileURL(join(folder, name)).href}?table`);
  }
});

/** A fact that a check answers for. */
type AnsweredName = Exclude<ReadName, keyof AsideRead>;

/** Every fact that probes read and a check answers for; the type makes this list complete. */
const reads: Record<AnsweredName, true> = {
  ...{ keyFile: true, certificate: true, host: true, attempt: true, identity: true },
  ...{ app: true, appState: true, appScopes: true, appPolicy: true, appOauth: true, preauthorisation: true },
  ...{ userState: true, userRights: true, eventLogFiles: true, logDownload: true, loginEvents: true },
  ...{ myDomain: true, samlLogins: true, identityProvider: true, canvasApps: true },
  ...{ openIdConnect: true, delegatedAuthentication: true },
  ...{ orgOauth: true, appExchange: true, runAs: true, namableUsers: true, registration: true },
  ...{ logoutEvents: true, setupAuditTrail: true, apiLimit: true, sessionLifetime: true },
};

describe('checks: the registry', () => {
  it('has every check of the folders, and each once', () => {
    expect(ids).to.have.members(files.map((file) => file.replace(/\.ts$/, '')));
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('lists rooms in the order in which a login travels', () => {
    const order = ids.map((id) => rooms.indexOf(roomOf(id)));
    expect(order).to.deep.equal([...order].sort((a, b) => a - b));
  });

  for (const name of Object.keys(reads) as AnsweredName[]) {
    it(`has exactly one check that answers for ${name}, and it needs that fact first`, () => {
      const readers = registry.filter((check) => check.reads === name);
      expect(readers.map(({ needs }) => needs[0])).to.deep.equal([name]);
    });
  }

  for (const check of registry) {
    describe(check.id, () => {
      it('lies in the file of its name', () => {
        expect(existsSync(join(root, 'src', 'checks', roomOf(check.id), `${check.id}.ts`))).to.equal(true);
      });

      it('has a page with its title, an explanation, consequences and common causes', () => {
        const page = readFileSync(join(root, 'docs', 'checks', `${check.id}.md`), 'utf8');
        expect(page.split('\n').slice(0, 3)).to.deep.equal([`# ${check.id}`, '', `*${check.title}*`]);
        expect([...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).to.deep.equal([
          'Explanation',
          'Consequences',
          'Common causes',
        ]);
      });

      it('is in the index of the pages with its title', () => {
        const index = readFileSync(join(root, 'docs', 'checks', 'README.md'), 'utf8');
        expect(index).to.include(`| [${check.id}](${check.id}.md) | ${check.title} |`);
      });

      it('is an affirmation in one line, with a reason and a fix', () => {
        expect(check.title).to.match(/^[A-Za-z][^.\n]{10,70}$/);
        expect(check.why).to.match(/^[A-Z][^\n]+\.$/);
        expect(check.fix).not.to.equal('');
      });

      it('names only real commands with real flags in its fix', async () => {
        const file = join(root, 'src', 'checks', roomOf(check.id), `${check.id}.ts`);
        expect(await commandFaults(`${check.fix}\n${readFileSync(file, 'utf8')}`)).to.deep.equal([]);
      });

      it('has a test in which it passes, and one in which it speaks', () => {
        const statuses = [...(proven.get(check.id) ?? [])];
        expect(statuses).to.include('pass');
        expect(statuses.some((status) => status === 'fail' || status === 'warn')).to.equal(true);
      });
    });
  }

  for (const file of [...besides, 'src/checks/run.ts', 'messages/errors.md']) {
    it(`${file} names only real commands with real flags`, async () => {
      expect(await commandFaults(readFileSync(join(root, file), 'utf8'))).to.deep.equal([]);
    });
  }

  it('the command that a gap of the hand-over names is real and complete', async () => {
    const [gap] = handover({ username: 'integration@acme.com' }).gaps;
    expect(gap?.fix).to.match(/^sf aquila login /);
    expect(await commandFaults(gap?.fix ?? '')).to.deep.equal([]);
  });

  for (const [text, fault] of [
    ['Run: sf aquila verify --target-org aquila --no-such-flag', 'no flag --no-such-flag'],
    ['sf aquila cert revoke --target-org aquila', 'no such command'],
    ['`sf aquila login --username integration@acme.com`', '--client-id is missing'],
  ] as const) {
    it(`a text with ${fault} would be found`, async () => {
      expect((await commandFaults(text)).join()).to.include(fault);
    });
  }
});
