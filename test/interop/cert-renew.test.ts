import { expect } from 'chai';
import { fingerprint, RenewalOrg } from '../setup/renewal-org.ts';
import { hasTool, run } from './tools.ts';

const backup = `server.backup-${new Date().toISOString().slice(0, 10)}`;

describe('interop: what sf aquila cert renew wrote', () => {
  before(function () {
    if (!hasTool('openssl') || !hasTool('keytool')) this.skip();
  });

  let scene: RenewalOrg;
  beforeEach(async () => {
    scene = await RenewalOrg.open();
  });
  afterEach(() => scene.close());

  it('keystores beside the key are made anew with the same password and alias, and with them the request', async () => {
    await scene.withKeystores();
    for (const words of [[], ['--rekey']]) {
      const renewed = await scene.org.renew(...words);
      expect([renewed.exitCode, renewed.error]).to.deep.equal([0, undefined]);
      const pem = run(
        'openssl',
        'pkcs12',
        '-in',
        scene.path('keystore.p12'),
        '-passin',
        'pass:correct horse',
        '-nodes'
      );
      const [, body = ''] = /-----BEGIN PRIVATE KEY-----([^-]+)/.exec(pem) ?? [];
      expect(body.replace(/\s/g, '')).to.equal(scene.text('server.key').replace(/-----[^-]+-----|\s/g, ''));
      expect(pem).to.include('friendlyName: Collector');
      expect(fingerprint(/-----BEGIN CERT[^]+?-----END CERTIFICATE-----/.exec(pem)?.[0] ?? '')).to.equal(scene.held());
      const listed = run(
        'keytool',
        '-list',
        '-v',
        '-keystore',
        scene.path('servercert.jks'),
        '-storepass',
        'correct horse'
      );
      expect(listed).to.include(`SHA256: ${scene.held()}`);
      expect(listed).to.include('Alias name: collector');
    }
    expect(scene.names(backup)).to.include.members(['keystore.p12', 'servercert.jks']);
  });

  it('key and certificate of what was renewed belong together by OpenSSL too', async () => {
    await scene.org.renew('--rekey');
    const modulus = (...words: string[]): string => run('openssl', ...words);
    expect(modulus('x509', '-in', scene.path('server.crt'), '-noout', '-modulus')).to.equal(
      modulus('rsa', '-in', scene.path('server.key'), '-noout', '-modulus')
    );
  });
});
