import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import { completeHandover, handover } from '../../src/handover/fields.ts';
import { inFormat } from '../../src/handover/formats/index.ts';
import type { StoredLogin } from '../../src/handover/stored-login.ts';

const acme = 'https://acme.my.salesforce.com';
const login: StoredLogin = {
  username: 'integration@acme.com',
  alias: 'aquila',
  clientId: '3MVG9abc',
  keyPath: '/home/ann/jwt/server.key',
  instanceUrl: acme,
  loginUrl: acme,
  jwtAudience: acme,
  orgId: '00Dxx0000000000EAA',
};

describe('the five fields', () => {
  it('come from the stored login', () => {
    expect(completeHandover(login, '/etc/aquila/server.pem')).to.deep.equal({
      fields: {
        audienceUrl: acme,
        clientKeyPath: '/etc/aquila/server.pem',
        username: 'integration@acme.com',
        clientId: '3MVG9abc',
        instanceUrl: acme,
      },
      keyPathIsLocal: false,
      doubts: [],
    });
  });

  it('take loginUrl without its slash as the audience of a login that stock sf made', () => {
    const { fields, gaps } = handover({ ...login, jwtAudience: undefined, loginUrl: `${acme}/` }, '/k.pem');
    expect(fields.audienceUrl).to.equal(acme);
    expect(gaps).to.deep.equal([]);
  });

  it('prefer the path that was given, then the one remembered, then the one on this machine', () => {
    const remembered = { ...login, aquilaKeyPath: '/remembered.pem' };
    expect(handover(remembered, '/given.pem').fields.clientKeyPath).to.equal('/given.pem');
    expect(handover(remembered).fields.clientKeyPath).to.equal('/remembered.pem');
    expect(handover(login).fields.clientKeyPath).to.equal('/home/ann/jwt/server.key');
    expect(handover(login).keyPathIsLocal).to.equal(true);
  });

  it('say that a path on this machine is not the collector’s, with the command that mends it', () => {
    expect(handover(login).gaps).to.deep.include({
      field: 'clientKeyPath',
      text: 'this is the path on this machine; the collector needs the path on its own',
      fix: 'sf aquila report --target-org aquila --key-path /etc/aquila/server.pem',
      missing: false,
    });
  });

  for (const path of ['server.pem', '/etc/aquila/', '~/server.pem', 'C:server.pem']) {
    it(`doubt "${path}" as the full path of a file`, () => {
      expect(handover(login, path).gaps.map(({ field }) => field)).to.deep.equal(['clientKeyPath']);
    });
  }

  for (const path of [
    '/etc/aquila/server.pem',
    'C:\\aquila\\server.pem',
    'C:/aquila/server.pem',
    '\\\\host\\share\\server.pem',
  ]) {
    it(`believe "${path}"`, () => {
      expect(handover(login, path).gaps).to.deep.equal([]);
    });
  }

  it('say that the collector has one field where host and audience differ', () => {
    const { gaps } = handover({ ...login, jwtAudience: 'https://login.salesforce.com' }, '/k.pem');
    expect(gaps.map(({ field, missing }) => [field, missing])).to.deep.equal([['audienceUrl', false]]);
    expect(gaps[0]?.text).to.include(acme);
  });

  const holes: Array<[Partial<StoredLogin>, string]> = [
    [{ clientId: undefined }, 'Client ID (Consumer Key)'],
    [{ keyPath: undefined }, 'JWT Authentication Client Key Path'],
    [{ instanceUrl: undefined }, 'Instance URL'],
    [{ loginUrl: undefined, jwtAudience: undefined }, 'JWT Authentication Audience URL'],
  ];
  for (const [hole, label] of holes) {
    it(`stop without ${label}, and name the login that stores it`, () => {
      try {
        completeHandover({ ...login, ...hole });
        expect.fail('nothing was thrown');
      } catch (error) {
        if (!(error instanceof SfError)) throw error;
        expect(error).to.include({ name: 'HandoverIncomplete', exitCode: 1 });
        expect(error.message).to.include(label);
        expect(error.actions?.join()).to.include('sf aquila login --username integration@acme.com');
      }
    });
  }
});

describe('the login command of a gap', () => {
  it('quotes what a shell would take apart', () => {
    const { gaps } = handover({ ...login, clientId: undefined, keyPath: "/home/ann o'brien/server.key" }, '/k.pem');
    expect(gaps[0]?.fix).to.include(`--jwt-key-file '/home/ann o'\\''brien/server.key' --instance-url`);
  });
});

describe('the formats of the hand-over', () => {
  const { fields } = completeHandover(login, '/etc/aquila/server.pem');

  it('aquila has the labels of the vendor’s form, in its order, with the values in one column', async () => {
    expect(await inFormat('aquila', fields, false)).to.equal(
      [
        'Send these five fields to CyTech Support. None of them is secret;',
        'never send the key file by e-mail.',
        '',
        '  JWT Authentication Audience URL    https://acme.my.salesforce.com',
        '  JWT Authentication Client Key Path /etc/aquila/server.pem      (on the log collector)',
        '  Username                           integration@acme.com',
        '  Client ID (Consumer Key)           3MVG9abc',
        '  Instance URL                       https://acme.my.salesforce.com',
        '',
      ].join('\n')
    );
  });

  it('aquila marks a path on this machine as one', async () => {
    expect(await inFormat('aquila', fields, true)).to.include('(on this machine, not on the collector)');
  });

  it('env quotes every value for a POSIX shell', async () => {
    expect(await inFormat('env', { ...fields, clientKeyPath: "/etc/o'brien/$x.pem" }, false)).to.equal(
      [
        "AQUILA_AUDIENCE_URL='https://acme.my.salesforce.com'",
        "AQUILA_CLIENT_KEY_PATH='/etc/o'\\''brien/$x.pem'",
        "AQUILA_USERNAME='integration@acme.com'",
        "AQUILA_CLIENT_ID='3MVG9abc'",
        "AQUILA_INSTANCE_URL='https://acme.my.salesforce.com'",
        '',
      ].join('\n')
    );
  });
});
