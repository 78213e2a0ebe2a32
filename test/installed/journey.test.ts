import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { example, presets } from '../emulator/index.ts';
import { scene } from './scene.ts';

describe('installed: the journey', () => {
  scene('leads from nothing to five fields, with JSON alone on standard output', async ({ org, ann, secrets }) => {
    const passphrase = 'correct horse battery staple';
    secrets.push({ what: 'passphrase', value: passphrase });
    writeFileSync(join(ann.desk, 'passphrase'), `${passphrase}\n`, { mode: 0o600 });
    const subject = 'C=PH,O=Acme,CN=AQUILA';
    const created = await ann.result('aquila cert create', '--subject', subject, '--passphrase-file', 'passphrase');
    expect(Object.keys(created.files)).to.have.members([
      'privateKey',
      'pem',
      'csr',
      'certificate',
      'encryptedPrivateKey',
    ]);
    for (const name of ['server.key', 'server.pem', 'server.pass.key']) {
      expect(statSync(join(ann.desk, name)).mode & 0o777, name).to.equal(0o600);
    }
    const certificate = readFileSync(join(ann.desk, 'server.crt'), 'utf8');
    expect(created.certificate.fingerprint256).to.equal(new X509Certificate(certificate).fingerprint256);

    org.org.app(example.clientId)!.certificate = certificate;
    const login = await ann.result(
      ...['aquila login', '--username', example.username, '--client-id', example.clientId],
      ...['--jwt-key-file', 'server.key', '--instance-url', org.myDomainUrl, '--alias', 'aquila']
    );
    expect(login).to.include({
      username: example.username,
      orgId: org.org.id,
      privateKey: join(ann.desk, 'server.key'),
    });

    const keyPath = '/etc/aquila/server.pem';
    const fields = {
      audienceUrl: org.myDomainUrl,
      clientKeyPath: keyPath,
      username: example.username,
      clientId: example.clientId,
      instanceUrl: org.myDomainUrl,
    };
    expect(await ann.result('aquila report', '--target-org', 'aquila', '--key-path', keyPath)).to.deep.equal(fields);
    const verified = await ann.result('aquila verify', '--target-org', 'aquila');
    expect(verified.passed).to.equal(true);
    expect(verified.summary).to.include({ warn: 0, fail: 0, unknown: 0 });
    // What only an administrator can see.
    const skipped = verified.checks.filter(({ status }: { status: string }) => status === 'skip');
    expect(skipped.every(({ detail }: { detail: string }) => detail.includes('--admin-org'))).to.equal(true);

    const table = await ann.sf('aquila verify', '--all', '--result-format', 'prometheus');
    expect([table.code, table.stderr]).to.deep.equal([0, '']);
    expect(table.stdout).to.contain('aquila_verify_passed{org="aquila"} 1');
    const filebeat = await ann.sf('aquila report', '--target-org', 'aquila', '--format', 'filebeat');
    expect(filebeat.stdout).to.contain(`client.key_path: '${keyPath}'`).and.to.contain('type: salesforce');
    const text = 'session response error: 400 400 Bad Request';
    const { matches } = await ann.result('aquila explain', '--text', text);
    expect(matches[0].meaning).to.contain('Salesforce refused the login of the collector');
  });

  scene('reads well without a terminal', async ({ org, ann, loginWords }) => {
    const subject = '/C=PH/O=Acme/CN=AQUILA';
    const created = await ann.sf('aquila cert create', '--subject', subject, '--output-dir', 'keys', '--no-pem');
    expect(created).to.include({ code: 0, stderr: '' });
    expect(created.stdout).to.contain(join(ann.desk, 'keys')).and.to.contain('AQUILA');
    const login = await ann.sf(...loginWords('aquila login', ann, '--alias', 'aquila', '--set-default'));
    expect(login).to.include({ code: 0, stderr: '' });
    expect(login.stdout).to.contain(`Successfully authorized ${example.username} with org ID ${org.org.id}`);
    const verify = await ann.sf('aquila verify', '--skip', 'cert');
    expect(verify).to.include({ code: 0, stderr: '' });
    expect(verify.stdout).to.match(/pass +Salesforce accepts the collector's login\n/);
    const report = await ann.sf('aquila report');
    expect(report.code).to.equal(0);
    expect(report.stdout).to.contain(`Instance URL                       ${org.myDomainUrl}`);
  });

  scene('ends with 1 and the whole list when a check fails', async ({ org, ann, loginWords }) => {
    await ann.result(...loginWords('aquila login', ann, '--set-default'));
    presets['permission-set-not-assigned'](org);
    const { result } = await ann.failure('aquila verify', '--skip', 'cert');
    const failed = result.checks.filter(({ status }: { status: string }) => status === 'fail');
    expect(failed.map(({ id }: { id: string }) => id)).to.deep.equal(['login-accepted']);
    expect(failed[0].detail).to.contain('invalid_app_access: user is not admin approved to access this app');
  });
});
