import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import { findLogin, ownUsernames, resolveLogin } from '../../src/org/stored-logins.ts';
import { temporaryHome } from './home.ts';

const url = 'https://acme.my.salesforce.com';

describe('stored logins', () => {
  let folder: string;
  let leave: () => void;
  beforeEach(() => {
    const place = temporaryHome();
    folder = join(place.home, '.sfdx');
    leave = place.leave;
    mkdirSync(folder);
  });
  afterEach(() => leave());

  const store = (username: string, content: object | string): void =>
    writeFileSync(join(folder, `${username}.json`), typeof content === 'string' ? content : JSON.stringify(content));
  const own = (username: string): void => store(username, { username, orgId: '00D5g00000Acme1EAC', jwtAudience: url });
  const refusal = async (name: string): Promise<SfError> => {
    const error: unknown = await resolveLogin(name).catch((one: unknown) => one);
    if (error instanceof SfError) return error;
    throw new Error('it was found');
  };

  describe('ownUsernames', () => {
    it('are none where nothing is stored', async () => {
      expect(await ownUsernames()).to.deep.equal([]);
    });

    it('are those that this plugin has marked, in alphabetical order, and no other login', async () => {
      own('zoe@acme.com');
      own('ada@acme.com');
      store('web@acme.com', { username: 'web@acme.com', orgId: '00D5g00000Acme1EAC', instanceUrl: url });
      store('jwt@acme.com', { username: 'jwt@acme.com', orgId: '00D5g00000Acme1EAC', privateKey: '/keys/server.key' });
      writeFileSync(join(folder, 'alias.json'), JSON.stringify({ orgs: { a: 'zoe@acme.com', b: 'zoe@acme.com' } }));
      writeFileSync(join(folder, 'sandbox.json'), '{}');
      expect(await ownUsernames()).to.deep.equal(['ada@acme.com', 'zoe@acme.com']);
    });

    for (const [what, content] of [
      ['is empty', ''],
      ['breaks off', '{"username": "ol'],
      ['is no object', 'null'],
    ] as const) {
      it(`include a login whose file ${what}, since nobody can tell any more whose it was`, async () => {
        own('ada@acme.com');
        store('old@acme.com', content);
        expect(await ownUsernames()).to.deep.equal(['ada@acme.com', 'old@acme.com']);
        const { name, message, actions } = await refusal('old@acme.com');
        expect([name, message]).to.deep.equal([
          'LoginUnreadable',
          "The stored login of old@acme.com can't be used: its file is damaged",
        ]);
        expect(actions?.[0]).to.equal('Log in again with: sf aquila login --help');
        expect(await findLogin('old@acme.com')).to.equal(undefined);
      });
    }
  });

  it('a damaged file is named by its alias too', async () => {
    store('old@acme.com', '{');
    writeFileSync(join(folder, 'alias.json'), JSON.stringify({ orgs: { old: 'old@acme.com' } }));
    expect((await refusal('old')).name).to.equal('LoginUnreadable');
  });

  it('a name that nothing is stored under is unknown, with the nearest one that is', async () => {
    own('ada@acme.com');
    const { name, actions } = await refusal('adda@acme.com');
    expect([name, actions?.[0]]).to.deep.equal(['LoginUnknown', 'Did you mean "ada@acme.com"?']);
  });
});
