import { X509Certificate, createPrivateKey } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { describeKey } from '../../../src/cert/key-facts.ts';
import { parseSubject } from '../../../src/cert/subject.ts';
import { newKeyPair } from '../../../src/setup/new-key-pair.ts';
import { keystoreFiles } from '../../../src/setup/new-keystores.ts';
import type { CheckReport } from '../../../src/checks/summary.ts';
import CertRenew from '../../../src/commands/aquila/cert/renew.ts';
import AquilaVerify from '../../../src/commands/aquila/verify.ts';
import { readKeyFrom } from '../../../src/files/private-key.ts';
import { openNetwork } from '../../../src/org/http.ts';
import { openSession } from '../../../src/org/session.ts';
import { example } from '../../emulator/index.ts';
import { runInProcess } from '../../in-process.ts';
import { inHome } from '../../org/home.ts';
import { shortenPauses } from '../../pauses.ts';
import { fingerprint, RenewalOrg } from '../../setup/renewal-org.ts';

const today = new Date().toISOString().slice(0, 10);
const backup = `server.backup-${today}`;

describe('sf aquila cert renew', () => {
  let scene: RenewalOrg;
  beforeEach(async () => {
    scene = await RenewalOrg.open();
  });
  let undo: () => void = () => undefined;
  afterEach(() => {
    undo();
    return scene.close();
  });

  /** The pair of keys/, with an end that is near. */
  const endingIn = async (days: number): Promise<void> => {
    const names = { privateKey: 'server.key', pem: 'server.pem', csr: 'server.csr', certificate: 'server.crt' };
    const subject = parseSubject('C=PH,O=Acme,CN=AQUILA');
    const made = await newKeyPair({
      ...{ directory: scene.path(), names, keyBits: 2048, days, subject, passphrase: undefined },
      ...{ force: true, now: new Date() },
    });
    await made.write();
    scene.org.app().certificate = made.certificate.toString();
  };

  it('puts a new certificate of the same key into the app, reads it back, and keeps the old file', async () => {
    const [key, before] = [scene.text('server.key'), scene.text('server.crt')];
    const settings = scene.org.state();
    const run = await scene.org.renew();
    expect(await scene.logsIn(scene.path('server.key'))).to.equal(true);
    expect([run.exitCode, run.error, run.stderr]).to.deep.equal([0, undefined, '']);
    const after = scene.text('server.crt');
    expect(run.result).to.deep.include({
      ...{ rekeyed: false, deployed: true, verified: true },
      backup: [scene.path(backup, 'server.crt')],
    });
    expect(run.result?.certificate).to.deep.include({
      ...{ fingerprint256: fingerprint(after), subject: 'C=PH, O=Acme, CN=AQUILA (rsa2048)', daysLeft: 365 },
    });
    expect([scene.held(), scene.pair()]).to.deep.equal([fingerprint(after), fingerprint(after)]);
    expect([fingerprint(after) === fingerprint(before), scene.text(backup, 'server.crt')]).to.deep.equal([
      false,
      before,
    ]);
    expect([scene.text('server.key'), scene.text('server.pem')]).to.deep.equal([key, key]);
    expect(scene.names()).to.deep.equal([backup, 'server.crt', 'server.key', 'server.pem']);
    // Nothing but the certificate differs in the org.
    scene.org.app().certificate = before;
    expect(scene.org.state()).to.deep.equal(settings);
  });

  it('asks the org for each thing once: two retrievals and one deployment, and no token', async () => {
    await scene.org.renew();
    const asked = scene.org.requests();
    const count = (name: string): number => asked.filter((one) => one === name).length;
    expect([count('retrieve'), count('deploy'), count('oauth2/token')]).to.deep.equal([2, 1, 0]);
  });

  it('says what it is going to do, what it did, and that the collector needs nothing, in 80 columns', async () => {
    const { stdout } = await scene.org.renew();
    for (const text of [
      'A new certificate for the same key, in the app AQUILA of admin',
      `SHA-256  ${fingerprint(scene.text(backup, 'server.crt')).slice(0, 30)}`,
      'The collector needs nothing: its key stays the same.',
      'Renewed: the app AQUILA holds the new certificate',
    ]) {
      expect(stdout).to.include(text);
    }
    for (const line of stdout.split('\n').filter((one) => !/https?:|\/server\b/.test(one)))
      expect(line.length, line).to.be.at.most(80);
  });

  it('--rekey makes a new key, proves it by a login, and keeps every old file', async () => {
    const [key, held] = [scene.text('server.key'), scene.held()];
    const run = await scene.org.renew('--rekey');
    expect([run.exitCode, run.error, run.stderr]).to.deep.equal([0, undefined, '']);
    expect(run.result).to.deep.include({ rekeyed: true, deployed: true, verified: true });
    expect(run.result?.gapSeconds).to.be.within(0, 60);
    expect(run.result?.backup.map((path) => path.slice(scene.path(backup).length + 1)).sort()).to.deep.equal([
      ...['server.crt', 'server.key', 'server.pem'],
    ]);
    expect([scene.pair(), scene.held()]).to.deep.equal([run.result?.certificate.fingerprint256, scene.pair()]);
    expect([scene.pair(backup), scene.text(backup, 'server.key')]).to.deep.equal([held, key]);
    expect([scene.text('server.pem'), statSync(scene.path('server.pem')).mode & 0o777]).to.deep.equal([
      scene.text('server.key'),
      0o600,
    ]);
    expect(statSync(scene.path(backup, 'server.key')).mode & 0o777).to.equal(0o600);
    expect(await scene.logsIn(scene.path('server.key'))).to.equal(true);
    expect(await scene.logsIn(scene.path(backup, 'server.key'))).to.equal(false);
    const said = run.stdout.replace(/\s+/g, ' ');
    expect(said).to.include("the collector can't log in until it has the new key");
    expect(said).to.match(/It took .+ from the deployment to the first login with the new key\./);
    expect(said).to.include('to the log collector as /etc/aquila/server.pem');
  });

  it('--rekey waits while the org still judges by the old certificate', async () => {
    const { switches } = scene.org.emulator;
    undo = shortenPauses(() => 0);
    switches.certificateSpreadSeconds = 3600;
    scene.org.onRequest((name, stop) => {
      if (name !== 'oauth2/token') return;
      stop();
      // The next attempt finds that it has spread.
      setImmediate(() => (switches.certificateSpreadSeconds = 0));
    });
    const run = await scene.org.renew('--rekey', '--wait', '5');
    expect([run.exitCode, run.result?.verified]).to.deep.equal([0, true]);
    expect(scene.org.emulator.calls.tokenRequests().length).to.equal(2);
  });

  it('a keystore that nobody can open is refused before anything is changed, and so is a wrong password', async () => {
    await scene.withKeystores();
    const before = scene.org.files();
    for (const [password, code] of [
      ['', 'KeystorePasswordMissing'],
      ['wrong horse', 'KeystorePasswordWrong'],
    ] as const) {
      scene.org.more['SF_AQUILA_KEYSTORE_PASSWORD'] = password;
      const run = await scene.org.renew();
      expect([run.error?.name, run.exitCode, scene.org.changes()]).to.deep.equal([code, 2, []]);
      expect(run.error?.message).to.include('keystore.p12');
    }
    expect(scene.org.files()).to.deep.equal(before);
  });

  it('a keystore of another key stays as it is, and the plan says so', async () => {
    const privateKey = createPrivateKey(readFileSync(new URL('../../fixtures/keys/other2048.key', import.meta.url)));
    const chain = [new X509Certificate(readFileSync(scene.org.path('other.crt')))];
    const choice = { types: ['p12'] as const, alias: 'other', password: 'correct horse', compat: false };
    const [file] = keystoreFiles({ privateKey, chain }, choice, new Date());
    writeFileSync(scene.path('keystore.p12'), file!.bytes);
    scene.org.more['SF_AQUILA_KEYSTORE_PASSWORD'] = 'correct horse';
    const bytes = readFileSync(scene.path('keystore.p12'), 'hex');
    const run = await scene.org.renew();
    expect([run.exitCode, readFileSync(scene.path('keystore.p12'), 'hex')]).to.deep.equal([0, bytes]);
    expect(run.stdout.replace(/\s+/g, ' ')).to.include('keystore.p12 stays as it is: it holds another key.');
  });

  it('--rekey makes an encrypted copy anew with its passphrase, and refuses to leave a stale one behind', async () => {
    const key = createPrivateKey(scene.text('server.key'));
    const encryption = { cipher: 'aes-256-cbc', passphrase: 'open sesame' };
    writeFileSync(scene.path('server.pass.key'), key.export({ type: 'pkcs8', format: 'pem', ...encryption }), {
      mode: 0o600,
    });
    const refused = await scene.org.renew('--rekey');
    expect([refused.error?.name, refused.exitCode, scene.org.changes()]).to.deep.equal([
      ...['RenewalPassphraseMissing', 2, []],
    ]);
    scene.org.more['SF_AQUILA_KEY_PASSPHRASE'] = 'wrong sesame';
    expect((await scene.org.renew('--rekey')).error?.name).to.equal('PassphraseWrong');
    scene.org.more['SF_AQUILA_KEY_PASSPHRASE'] = 'open sesame';
    const run = await scene.org.renew('--rekey');
    expect(run.exitCode).to.equal(0);
    const opened = createPrivateKey({ key: scene.text('server.pass.key'), passphrase: 'open sesame' });
    expect(describeKey(opened)).to.deep.equal(describeKey(createPrivateKey(scene.text('server.key'))));
    // A renewal keeps the key, so it has no need of the passphrase.
    delete scene.org.more['SF_AQUILA_KEY_PASSPHRASE'];
    expect((await scene.org.renew()).exitCode).to.equal(0);
  });

  describe('--if-needed', () => {
    it('does nothing while enough days are left: exit code 0, no file, no deployment', async () => {
      await endingIn(62);
      const before = scene.org.files();
      const run = await scene.org.renew('--if-needed', '--no-prompt');
      expect([run.exitCode, run.error, scene.org.changes()]).to.deep.equal([0, undefined, []]);
      expect(run.result).to.deep.include({ rekeyed: false, deployed: false, verified: false, backup: [] });
      expect(run.result?.certificate.daysLeft).to.be.within(61, 62);
      expect(run.stdout).to.include('Nothing to do: the certificate is good until');
      expect(scene.org.files()).to.deep.equal(before);
    });

    it('renews when fewer are left, and with --warn-days when fewer than those are', async () => {
      await endingIn(59);
      expect((await scene.org.renew('--if-needed', '--warn-days', '30')).result?.deployed).to.equal(false);
      expect((await scene.org.renew('--if-needed')).result).to.deep.include({ deployed: true, verified: true });
      expect((await scene.org.renew('--if-needed')).result?.deployed).to.equal(false);
    });

    it('renews when the app holds a certificate that ends soon, although the file does not', async () => {
      await endingIn(10);
      const soon = scene.org.app().certificate;
      await scene.org.renew();
      scene.org.app().certificate = soon;
      const run = await scene.org.renew('--if-needed');
      expect(run.result?.deployed).to.equal(true);
      expect(scene.held()).to.equal(scene.pair());
    });
  });

  it('where the org does not show the certificate that is said, a login is the best that there is, and nothing counts as proven', async () => {
    scene.org.emulator.switches.certificateOnRetrieve = 'omitted';
    const run = await scene.org.renew();
    expect([run.exitCode, run.result?.verified, run.result?.deployed]).to.deep.equal([0, false, true]);
    expect(run.stdout.replace(/\s+/g, ' ')).to.include("so that it is the new one can't be proven from here");
    expect([scene.held(), run.result?.backup]).to.deep.equal([scene.pair(), [scene.path(backup, 'server.crt')]]);
    const rekeyed = await scene.org.renew('--rekey');
    expect([rekeyed.exitCode, rekeyed.result?.verified]).to.deep.equal([0, true]);
  });

  it('finds the app by --name where the org shows no client id, and says so where it is needed', async () => {
    scene.org.emulator.switches.consumerKeyOnRetrieve = 'omitted';
    scene.org.emulator.org.facts.clientSecretInRestApi = false;
    const run = await scene.org.renew();
    expect(run.error?.name).to.equal('AppOfClientIdNotFound');
    expect(run.error?.actions?.join()).to.include('--name');
    expect((await scene.org.renew('--name', 'aquila')).result?.verified).to.equal(true);
  });

  it('--dry-run shows the plan and lets the org validate it; no file is written, and nothing is deployed', async () => {
    const [before, state] = [scene.org.files(), scene.org.state()];
    for (const words of [[], ['--rekey'], ['--side-by-side']]) {
      const run = await scene.org.renew('--dry-run', ...words);
      expect([run.exitCode, run.error, scene.org.changes()]).to.deep.equal([0, undefined, ['validate']]);
      expect(run.result).to.deep.include({ rekeyed: words.length > 0, deployed: false, verified: false, backup: [] });
      expect(run.stdout).to.include('Dry run: nothing was changed.');
    }
    expect([scene.org.files(), scene.org.state()]).to.deep.equal([before, state]);
  });

  it('is what verify says to do about an end that is near, and then nothing is left to do', async () => {
    await endingIn(30);
    const verify = async (): Promise<CheckReport> => {
      const words = ['--target-org', 'aquila', '--admin-org', 'admin'];
      const { result, error } = await runInProcess(AquilaVerify, words, scene.org.env);
      if (!result || !('summary' in result)) throw error ?? new Error('there are no checks');
      return result;
    };
    const warned = (await verify()).checks.find(({ id }) => id === 'cert-expires-later');
    expect([warned?.status, warned?.fix]).to.deep.equal([
      ...['warn', 'sf aquila cert renew --target-org aquila --admin-org admin'],
    ]);
    const run = await runInProcess(CertRenew, (warned?.fix ?? '').split(' ').slice(4), scene.org.env);
    expect(run.exitCode).to.equal(0);
    const { checks } = await verify();
    const speaking = checks.filter(({ id, status }) => /^(?:cert|app)-/.test(id) && status !== 'pass');
    expect(speaking).to.deep.equal([]);
  });

  it('says that a certificate ends before the one that it takes the place of, and who needs a new keystore', async () => {
    await scene.withKeystores();
    const said = (await scene.org.renew()).stdout.replace(/\s+/g, ' ');
    expect(said).to.include('It ends before the present one does; --days makes it last longer.');
    expect(said).to.include('Whoever uses keystore.p12, servercert.jks needs the new file.');
    expect((await scene.org.renew('--days', '700')).stdout).not.to.include('It ends before');
  });

  it('warns where git would take a key into a commit, also one that was kept', async () => {
    spawnSync('git', ['init', '--quiet', scene.path()]);
    const run = await scene.org.renew('--rekey');
    expect(run.stderr).to.include('server.key').and.to.include(`${backup}/server.key`);
    expect((await scene.org.renew('--dry-run')).stderr).to.equal('');
  });

  it('--days says how long the new certificate is good', async () => {
    expect((await scene.org.renew('--days', '30')).result?.certificate.daysLeft).to.equal(30);
  });

  it('renews twice on one day, with two folders of backups', async () => {
    await scene.org.renew();
    const second = await scene.org.renew('--rekey');
    expect(second.result?.backup[0]).to.include(`${backup}-2`);
    expect(scene.names()).to.deep.equal([backup, `${backup}-2`, 'server.crt', 'server.key', 'server.pem']);
  });

  it('no key, passphrase or password is in what it prints, and no file of a key is open to others', async () => {
    await scene.withKeystores();
    const old = scene.text('server.key');
    const run = await scene.org.renew('--rekey');
    const said = `${run.stdout}${run.stderr}${JSON.stringify(run.result)}`;
    for (const key of [old, scene.text('server.key')]) {
      for (const line of key.split('\n').slice(1, -2)) expect(said).not.to.include(line);
    }
    expect(said).not.to.include('correct horse');
    for (const name of Object.keys(scene.org.files()).filter((one) => /^keys.*\.(?:key|pem|p12|jks)$/.test(one)))
      expect(statSync(scene.org.path(name)).mode & 0o077, name).to.equal(0);
  });

  it('the login that sf has stored goes on with the new key', async () => {
    await scene.org.renew('--rekey');
    const { org } = scene.org.emulator;
    for (const token of org.tokens) token.revoked = true;
    const answer = await inHome(scene.org.env, async () => {
      const session = await openSession(
        example.username,
        openNetwork({}, () => new Date()),
        readKeyFrom
      );
      return session.query('SELECT Id FROM User');
    });
    expect(answer).to.have.property('value');
  });
});
