import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { LoginRead } from '../../src/checks/facts.ts';
import type { Readers } from '../../src/checks/run.ts';
import type { StoredLogin } from '../../src/handover/stored-login.ts';
import { makeReaders } from '../../src/probes/readers.ts';
import { fixture, given, now } from '../checks/example-facts.ts';
import { tableNetwork } from './loopback-network.ts';

describe('probes: the files of this machine', () => {
  let folder: string;
  const path = (name: string): string => join(folder, name);
  const write = (name: string, bytes: Uint8Array): void => writeFileSync(path(name), bytes, { mode: 0o600 });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aquila-probes-'));
    write('server.key', fixture('keys/rsa2048.key'));
    write('server.crt', fixture('keys/rsa2048.crt'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** No request may leave. */
  function readers(login: Partial<StoredLogin> = {}, certificateFile?: string): Readers<keyof LoginRead> {
    const known = given({ keyPath: path('server.key'), ...login });
    const wanted = new Set(['keyFile', 'certificate'] as const);
    return makeReaders({ given: known, network: tableNetwork({}, now).network, certificateFile, wanted });
  }

  describe('keyFile', () => {
    it('is the file of the stored path, with its mode', async () => {
      chmodSync(path('server.key'), 0o640);
      const reading = await readers().keyFile();
      expect(reading).to.have.nested.property('value.path', path('server.key'));
      expect(reading).to.have.nested.property('value.reading.usable', true);
      if (process.platform !== 'win32') expect(reading).to.have.nested.property('value.mode', 0o640);
    });

    it('is blocked by handover-complete where no path is stored', async () => {
      expect(await readers({ keyPath: undefined }).keyFile()).to.deep.equal({
        blocked: 'handover-complete',
      });
    });

    it('fails where there is no such file', async () => {
      const reading = await readers({ keyPath: path('gone.key') }).keyFile();
      expect(reading).to.have.nested.property('failed.code', 'KeyFileMissing');
    });

    it('fails where the path is a folder', async () => {
      const reading = await readers({ keyPath: folder }).keyFile();
      expect(reading).to.have.nested.property('failed.code', 'FileIsFolder');
    });
  });

  describe('certificate', () => {
    it('is the file beside the key with the name of the key', async () => {
      write('aquila.key', fixture('keys/other2048.key'));
      write('aquila.crt', fixture('keys/other2048.crt'));
      const reading = await readers({ keyPath: path('aquila.key') }).certificate();
      expect(reading).to.have.nested.property('value.path', path('aquila.crt'));
      expect(reading).to.have.nested.property('value.belongsToKey', true);
    });

    it('is server.crt beside the key, where there is none with the name of the key', async () => {
      write('aquila.key', fixture('keys/other2048.key'));
      const reading = await readers({ keyPath: path('aquila.key') }).certificate();
      expect(reading).to.have.nested.property('value.path', path('server.crt'));
      expect(reading).to.have.nested.property('value.belongsToKey', false);
    });

    it('is the file that the user named, in any folder', async () => {
      mkdirSync(path('elsewhere'));
      write('elsewhere/mine.crt', fixture('keys/rsa2048.crt'));
      const certificateFile = path('elsewhere/mine.crt');
      const reading = await readers({}, certificateFile).certificate();
      expect(reading).to.have.nested.property('value.path', certificateFile);
      expect(reading).to.have.nested.property('value.size', fixture('keys/rsa2048.crt').length);
      expect(reading).to.have.nested.property('value.facts.subject', 'C=PH, O=Acme, CN=AQUILA (rsa2048)');
    });

    it('counts the certificates of a chain', async () => {
      write('server.crt', Buffer.concat([fixture('keys/rsa2048.crt'), fixture('keys/other2048.crt')]));
      expect(await readers().certificate()).to.have.nested.property('value.chainLength', 2);
    });

    it('can be judged although the key can not be read', async () => {
      write('server.key', Buffer.from('nothing'));
      expect(await readers().certificate()).to.have.nested.property('value.belongsToKey', undefined);
    });

    it('fails where none lies beside the key, with all that was looked for', async () => {
      rmSync(path('server.crt'));
      write('aquila.key', fixture('keys/other2048.key'));
      const reading = await readers({ keyPath: path('aquila.key') }).certificate();
      expect(reading).to.have.nested.property('failed.code', 'CertificateNotBesideKey');
      expect(reading).to.have.nested.property(
        'failed.message',
        `No certificate lies beside the key: there is no ${path('aquila.crt')} or ${path('server.crt')}.`
      );
    });

    it('fails where the user named a file that is not there, and looks nowhere else', async () => {
      const reading = await readers({}, path('gone.crt')).certificate();
      expect(reading).to.have.nested.property('failed.code', 'CertificateFileMissing');
    });

    it('fails with a private key in its place', async () => {
      const reading = await readers({}, path('server.key')).certificate();
      expect(reading).to.have.nested.property('failed.code', 'CertificateFileIsPrivateKey');
    });

    it('is blocked by handover-complete where neither it nor the key is known', async () => {
      expect(await readers({ keyPath: undefined }).certificate()).to.deep.equal({
        blocked: 'handover-complete',
      });
    });
  });
});
