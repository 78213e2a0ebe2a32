import { expect } from 'chai';
import type { CreatedKeystores } from '../../src/keystore/choice.ts';
import { aliasLines, keystoreWarnings, renderKeystores } from '../../src/render/keystore.ts';
import { pairs } from '../keystore/fixtures.ts';

const pkcs12 = '/home/ann/my keys/keystore.p12';
const jks = '/home/ann/my keys/servercert.jks';
const both: CreatedKeystores = { files: { pkcs12, jks }, alias: 'My_Cert', chainLength: 3 };

describe('renderKeystores', () => {
  it('names each file with what it is for, the alias and the chain', () => {
    const text = renderKeystores(both).join('\n');
    expect(text).to.include('Both keystores are ready in /home/ann/my keys\n');
    expect(text)
      .to.match(/^ {2}keystore\.p12 +PKCS#12, for /m)
      .and.match(/^ {2}servercert\.jks +JKS, for Salesforce/m);
    expect(text).to.match(/^ {2}certificates +that of the key, and 2 above it$/m);
    expect(text).to.include('Import from Keystore').and.include('AQUILA itself needs no keystore');
  });

  it('speaks of Salesforce’s import only where there is a JKS', () => {
    const text = renderKeystores({ files: { pkcs12 }, alias: 'a', chainLength: 1 }).join('\n');
    expect(text).to.include('The keystore is ready in').and.not.include('Salesforce').and.not.include('above it');
  });

  it('fits 80 columns', () => {
    const long = { ...both, alias: 'A'.repeat(24) };
    expect(renderKeystores(long).filter((line) => line.length > 80)).to.deep.equal([]);
  });
});

describe('aliasLines', () => {
  it('says what Java makes of capital letters, and nothing where there is nothing to say', () => {
    expect(aliasLines('My_Cert', { jks })).to.deep.equal(['My_Cert', 'my_cert in the JKS: Java writes lower case']);
    expect(aliasLines('my_cert', { jks })).to.deep.equal(['my_cert']);
    expect(aliasLines('My_Cert', { pkcs12 })).to.deep.equal(['My_Cert']);
  });
});

describe('keystoreWarnings', () => {
  const chain = { leaf: pairs[2048].chain[0]!, issuers: [], leftOut: [] };
  const namesOf = (result: CreatedKeystores, around: Parameters<typeof keystoreWarnings>[1]): string[] =>
    keystoreWarnings(result, around).map(({ name }) => name);

  it('is silent where all is well', () => expect(namesOf(both, { chain, keyBits: 4096 })).to.deep.equal([]));

  it('says what Salesforce would refuse, what is missing and what was left out', () => {
    const lacking = { ...chain, missingIssuer: 'CN=CA', leftOut: ['CN=x'] };
    const names = namesOf(both, { chain: lacking, keyBits: 2560 });
    expect(names).to.deep.equal(['KeystoreKeyBits', 'IssuerMissing', 'CertificatesLeftOut']);
    expect(namesOf({ ...both, files: { pkcs12 } }, { chain, keyBits: 2560 })).to.deep.equal([]);
  });
});
