import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { expect } from 'chai';
import { to18 } from './ids.ts';
import { example, exampleOrg, startEmulator, trustInProcess, writeTlsCertificate } from './index.ts';
import type { Emulator } from './index.ts';
import { codeOf, fixture, send } from './test-client.ts';

const connectionTo = (host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });

/** A handshake by this process's default trust. */
const connectTls = ({ myDomainUrl }: Emulator): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = tls.connect(Number(new URL(myDomainUrl).port), 'localhost', { servername: 'localhost' }, () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });

describe('emulator: start, TLS and state', () => {
  let emulator: Emulator;
  let folder: string;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    folder = await mkdtemp(join(tmpdir(), 'aquila-emulator-test-'));
  });
  afterEach(async () => {
    await emulator.stop();
    await rm(folder, { recursive: true });
  });

  it('two faces on two ports of localhost, without a slash', () => {
    for (const url of [emulator.myDomainUrl, emulator.loginUrl]) expect(url).to.match(/^https:\/\/localhost:\d+$/);
    expect(emulator.myDomainUrl).not.to.equal(emulator.loginUrl);
  });

  it('listens on loopback and on no other address of this machine', async () => {
    const port = Number(new URL(emulator.myDomainUrl).port);
    await connectionTo('127.0.0.1', port);
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const outside = addresses.filter(({ internal, scopeid }) => !internal && !scopeid).map(({ address }) => address);
    for (const address of outside) expect(await codeOf(connectionTo(address, port))).to.equal('ECONNREFUSED');
    if (addresses.some(({ address }) => address === '::1')) await connectionTo('::1', port);
  });

  it('the certificate is a v3 server certificate for localhost and both loopback addresses', () => {
    const certificate = new X509Certificate(emulator.tlsCertificate);
    expect(certificate.subjectAltName).to.equal('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    expect(certificate.verify(certificate.publicKey)).to.equal(true);
    expect(certificate.ca).to.equal(false);
    expect(certificate.keyUsage).to.deep.equal(['1.3.6.1.5.5.7.3.1']);
    expect(certificate.checkHost('localhost')).to.equal('localhost');
    expect(certificate.checkIP('127.0.0.1')).to.equal('127.0.0.1');
  });

  it('fetch refuses the server until trustInProcess, and again after it is undone', async () => {
    const url = `${emulator.myDomainUrl}/services/data`;
    expect(await codeOf(fetch(url))).to.equal('DEPTH_ZERO_SELF_SIGNED_CERT');
    const undo = trustInProcess(emulator.tlsCertificate);
    expect((await fetch(url, { headers: { connection: 'close' } })).status).to.equal(200);
    expect(await codeOf(connectTls(emulator))).to.equal('no error');
    undo();
    expect(await codeOf(connectTls(emulator))).to.equal('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('counts connections that never became a call', async () => {
    expect(emulator.connections).to.equal(0);
    await codeOf(fetch(emulator.loginUrl));
    expect([emulator.connections, emulator.calls.length]).to.deep.equal([1, 0]);
    await send(emulator, '/services/data');
    expect([emulator.connections, emulator.calls.length]).to.deep.equal([2, 1]);
  });

  it('writes its certificate for NODE_EXTRA_CA_CERTS', async () => {
    const file = await writeTlsCertificate(emulator.tlsCertificate, folder);
    expect(await readFile(file, 'utf8')).to.equal(emulator.tlsCertificate);
  });

  it('stop closes idle connections and frees both ports; twice is once', async () => {
    const { port } = new URL(emulator.myDomainUrl);
    const undo = trustInProcess(emulator.tlsCertificate);
    await (await fetch(`${emulator.myDomainUrl}/services/data`)).text();
    undo();
    await emulator.stop();
    await emulator.stop();
    expect(await codeOf(connectionTo('127.0.0.1', Number(port)))).to.equal('ECONNREFUSED');
    emulator = await startEmulator({ portMyDomain: Number(port) });
    expect(emulator.myDomainUrl).to.equal(`https://localhost:${port}`);
  });

  it('a taken port is an error, and nothing is left listening', async () => {
    const { port } = new URL(emulator.myDomainUrl);
    expect(await codeOf(startEmulator({ portMyDomain: Number(port) }))).to.equal('EADDRINUSE');
  });

  it('without options: two users, one app without certificate, org id with the right suffix', async () => {
    const plain = await startEmulator();
    await plain.stop();
    expect(plain.org.users.map(({ username }) => username)).to.deep.equal(['admin@acme.com', 'integration@acme.com']);
    expect(plain.org.apps).to.have.length(1);
    expect(plain.org.app(example.clientId)).to.include({
      name: 'AQUILA',
      certificate: undefined,
      permittedUsers: 'admin-approved',
    });
    expect(plain.org.id)
      .to.match(/^00D\w{15}$/)
      .and.equal(to18(plain.org.id.slice(0, 15)));
  });

  it('the suffix of an id marks its upper-case letters', () => {
    expect(to18('001A0000006Vm9u')).to.equal('001A0000006Vm9uIAC');
    expect(to18('00D000000000062')).to.equal('00D000000000062EAA');
  });

  it('refuses a second user or app of the same name', () => {
    expect(() => emulator.org.addUser({ username: 'ADMIN@acme.com' })).to.throw('already has a user ADMIN@acme.com');
    expect(() => emulator.org.addApp({ clientId: example.clientId })).to.throw('already has an app');
  });
});
