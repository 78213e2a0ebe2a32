import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { exampleOrg, startEmulator } from '../emulator/index.ts';
import type { Emulator } from '../emulator/index.ts';
import { assertionXml, rightSays } from '../emulator/saml-maker.ts';
import { fixture, postToken } from '../emulator/test-client.ts';
import { Folder } from '../files/folder.ts';
import { hasTool, run } from './tools.ts';

/** An empty signature, as xmlsec1 takes it for a template. */
const template = (id: string): string => `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>
<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
<ds:Reference URI="#${id}"><ds:Transforms>
<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms>
<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference>
</ds:SignedInfo><ds:SignatureValue/></ds:Signature>`;

describe('interop: an assertion signed by xmlsec1 and the loopback org', () => {
  let folder: Folder | undefined;
  let emulator: Emulator | undefined;
  before(async function () {
    if (!hasTool('xmlsec1')) this.skip();
    folder = new Folder();
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
  });
  after(async () => {
    folder?.remove();
    await emulator?.stop();
  });

  it('the org grants a token for it, and none for the same with another username', async () => {
    const [says, unsigned, signed] = [rightSays(emulator!), folder!.at('unsigned.xml'), folder!.at('signed.xml')];
    writeFileSync(unsigned, assertionXml(says).replace('<Subject>', `${template(says.id)}<Subject>`));
    const key = fileURLToPath(new URL('../fixtures/keys/rsa2048.key', import.meta.url));
    const idAttribute = ['--id-attr:ID', 'urn:oasis:names:tc:SAML:2.0:assertion:Assertion'];
    run('xmlsec1', '--sign', ...idAttribute, '--privkey-pem', key, '--output', signed, unsigned);
    const xml = readFileSync(signed, 'utf8');
    const ask = async (text: string): Promise<number> => {
      const assertion = Buffer.from(text).toString('base64url');
      const form = { grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer', assertion };
      return (await postToken(emulator!, form)).status;
    };
    expect(await ask(xml)).to.equal(200);
    expect(await ask(xml.replace(says.nameId, 'admin@acme.com'))).to.equal(400);
  });
});
