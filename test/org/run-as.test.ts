import { expect } from 'chai';
import { readKeyFrom } from '../../src/files/private-key.ts';
import { openNetwork } from '../../src/org/http.ts';
import { readRunAs } from '../../src/org/run-as.ts';
import { openSession, type Answer } from '../../src/org/session.ts';
import type { RunAs } from '../../src/org/run-as.ts';
import { example } from '../emulator/index.ts';
import { AppOrg } from '../setup/app-org.ts';
import { inHome } from './home.ts';

describe('the user that client credentials run as', () => {
  let org: AppOrg;
  beforeEach(async () => {
    org = await AppOrg.open('guide');
  });
  afterEach(() => org.close());

  /** What is read where the org refuses the queries of one object with a code, as it does for a column that it does not have. */
  const read = (username: string, refused: Partial<Record<'User' | 'PermissionSetAssignment', string>> = {}) =>
    inHome(org.env, async (): Promise<Answer<RunAs>> => {
      const session = await openSession(
        'admin',
        openNetwork({}, () => new Date()),
        readKeyFrom
      );
      const query = session.query.bind(session);
      session.query = async <Row>(...args: Parameters<typeof query>): Promise<Answer<Row[]>> => {
        const [, object = ''] = / FROM (\w+)/.exec(args[0]) ?? [];
        const errorCode = refused[object as 'User'];
        if (errorCode === undefined) return query<Row>(...args);
        return { refused: { status: 400, errorCode, message: `no such column on ${object}` } };
      };
      return readRunAs(session, username);
    });

  it('an administrator is active, and has far-reaching permissions by the profile', async () => {
    const answer = await read(example.admin);
    expect(answer).to.have.nested.property('value.active', true);
    expect(answer).to.have.nested.property('value.powers[0].permission', 'Modify All Data');
    expect(answer)
      .to.have.nested.property('value.powers[0].through')
      .that.matches(/^profile /);
  });

  it('of a user whom the org does not show nothing is claimed, since not every administrator sees every user', async () => {
    expect(await read('nobody@acme.com')).to.deep.equal({
      value: { username: 'nobody@acme.com', active: undefined, powers: undefined, apiOnly: undefined },
    });
  });

  it('an inactive user is said to be inactive', async () => {
    org.emulator.org.user(example.username)!.active = false;
    expect(await read(example.username)).to.have.nested.property('value.active', false);
  });

  for (const object of ['User', 'PermissionSetAssignment'] as const) {
    it(`of an org that lacks a permission column on ${object} nothing is claimed, not even that the user is active`, async () => {
      expect(await read(example.username, { [object]: 'INVALID_FIELD' })).to.deep.equal({
        value: { username: example.username, active: undefined, powers: undefined, apiOnly: undefined },
      });
    });

    it(`a refusal of ${object} for another reason stays a refusal`, async () => {
      const answer = await read(example.username, { [object]: 'INSUFFICIENT_ACCESS' });
      expect(answer).to.have.nested.property('refused.errorCode', 'INSUFFICIENT_ACCESS');
    });
  }
});
