// Before toLegacyObject() is called: where nothing has loaded node:tls yet, that call (Node 22.23.3) leaves half of it, for good.
import 'node:tls';
import { createPrivateKey, type X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { createCertificate, type NewCertificateInput } from '../../src/cert/create.ts';
import { childrenOf, readElement } from '../../src/cert/der.ts';
import { readRequest } from '../../src/cert/request.ts';
import { describeCertificate } from '../../src/cert/certificate.ts';
import { checkAttribute, defaultSubject } from '../../src/cert/subject.ts';
import { runs } from '../mutations.ts';
import { keyPair } from './key-files.ts';

const privateKey = createPrivateKey(keyPair('rsa2048.key'));
const now = new Date('2026-11-21T10:20:30Z');
const random = Buffer.from('00112233445566778899aabbccddeeff', 'hex');

const make = async (changes: Partial<NewCertificateInput>): Promise<{ certificate: X509Certificate; csrPem: string }> =>
  createCertificate({ privateKey, subject: defaultSubject, days: 365, now, random, ...changes });

/** Whatever the rules of a subject let through. */
const value = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((text) => {
  try {
    return checkAttribute({ key: 'O', value: text }).value === text;
  } catch {
    return false;
  }
});

describe('certificates of any input', function () {
  this.timeout(0);

  it('a name of any Unicode comes back as it was given', async () => {
    await fc.assert(
      fc.asyncProperty(value, value, async (organization, name) => {
        const subject = [{ key: 'O', value: organization } as const, { key: 'CN', value: name } as const];
        const { certificate, csrPem } = await make({ subject });
        const read = certificate.toLegacyObject().subject as unknown as { O: string; CN: string };
        expect([read.O, read.CN]).to.deep.equal([organization, name]);
        const request = readRequest(Buffer.from(csrPem.replaceAll(/-----[^-]+-----/g, ''), 'base64'));
        expect(request?.subject).to.equal(describeCertificate(certificate, now).subject);
      }),
      runs(60, 2000)
    );
  });

  it('a date before and after the change of form in 2050 comes back to the second', async () => {
    const change = Date.UTC(2050, 0, 1);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -400 * 86_400, max: 400 * 86_400 }),
        fc.integer({ min: 1, max: 400 }),
        async (second, days) => {
          const at = new Date(change + second * 1000);
          const { certificate } = await make({ now: at, days });
          expect(certificate.validToDate.getTime()).to.equal(at.getTime() + days * 86_400_000);
          expect(certificate.validFromDate.getTime()).to.be.at.most(at.getTime());
        }
      ),
      {
        ...runs(60, 2000),
        examples: [
          [-1, 1],
          [0, 1],
          [-86_400, 1],
          [-86_401, 1],
        ],
      }
    );
  });

  it('three hundred serial numbers are positive, and not longer than twenty bytes', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.constantFrom(0, 0x7f, 0x80, 0xff).map((byte) => new Uint8Array(16).fill(byte))
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (chance) => {
        const { certificate } = await make({ random: chance });
        const [, serial] = childrenOf(childrenOf(readElement(certificate.raw)!)[0]!);
        expect(serial!.tag).to.equal(2);
        expect(serial!.contents.length).to.be.within(1, 20);
        expect(serial!.contents[0]!).to.be.lessThan(0x80);
        expect(serial!.contents.some((byte) => byte !== 0)).to.be.true;
      }),
      runs(300, 2000)
    );
  });
});
