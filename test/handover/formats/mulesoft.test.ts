import { expect } from 'chai';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { mulesoftFormat } from '../../../src/handover/formats/mulesoft.ts';
import { runs } from '../../mutations.ts';
import { asHandedOver, oddFields, usualFields } from '../odd-fields.ts';

type Attributes = Record<string, string>;

/** Attributes as an XML processor hands them to the application: blanks for tabs and line ends, then characters for references. */
function connectionOf(xml: string): Attributes {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    trimValues: false,
    processEntities: false,
  });
  const connection = (parser.parse(xml) as { mule: { 'salesforce:sfdc-config': Record<string, Attributes> } }).mule[
    'salesforce:sfdc-config'
  ]['salesforce:jwt-connection'];
  return Object.fromEntries(
    Object.entries(connection ?? {}).map(([name, value]) => {
      expect(value).not.to.match(/<|&(?!#\d+;)/, 'XML 1.0 §2.4 and §3.1 forbid these in an attribute');
      const blanks = value.replace(/[\t\n\r]/g, ' ');
      return [name, blanks.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))];
    })
  );
}

describe('the hand-over as a Mule configuration', () => {
  const text = mulesoftFormat(usualFields, false);

  it('has a connection with the documented attributes, and the JKS beside the key', () => {
    expect(connectionOf(text)).to.deep.equal({
      consumerKey: '3MVG9abc',
      principal: 'integration@acme.com',
      keyStore: '/etc/aquila/servercert.jks',
      storePassword: '${aquila.keystore.password}',
      tokenEndpoint: 'https://acme.my.salesforce.com/services/oauth2/token',
      audienceUrl: 'https://acme.my.salesforce.com',
    });
  });

  it('is a whole configuration file', () => {
    const schema = 'http://www.mulesoft.org/schema/mule';
    expect(text.replace(/<!--[\s\S]*?-->\n/, '').replace(/jwt-connection\s[\s\S]*\/>/, 'jwt-connection/>')).to.equal(
      `<?xml version="1.0" encoding="UTF-8"?>
<mule xmlns="${schema}/core"
      xmlns:salesforce="${schema}/salesforce"
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
      xsi:schemaLocation="
        ${schema}/core ${schema}/core/current/mule.xsd
        ${schema}/salesforce ${schema}/salesforce/current/mule-salesforce.xsd">
  <salesforce:sfdc-config name="Salesforce_AQUILA">
    <salesforce:jwt-connection/>
  </salesforce:sfdc-config>
</mule>
`
    );
  });

  it('has one comment, which says what is inferred', () => {
    const comments = text.match(/<!--[\s\S]*?-->/g) ?? [];
    expect(comments).to.have.length(1);
    expect(comments[0]?.slice(4, -3)).not.to.contain('--');
    expect(comments[0]).to.contain('the elements around it are inferred');
  });

  it('finds the folder of the key in paths of either system', () => {
    const keyStoreOf = (clientKeyPath: string): string | undefined =>
      connectionOf(mulesoftFormat({ ...usualFields, clientKeyPath }, false))['keyStore'];
    expect(keyStoreOf('C:\\aquila\\server.pem')).to.equal('C:\\aquila\\servercert.jks');
    expect(keyStoreOf('C:/aquila/server.pem')).to.equal('C:/aquila/servercert.jks');
    expect(keyStoreOf('\\\\host\\share\\server.pem')).to.equal('\\\\host\\share\\servercert.jks');
    expect(keyStoreOf('/etc/a\\b.pem')).to.equal('/etc/servercert.jks');
  });

  it('says that the path is one on this machine, only where it is', () => {
    expect(mulesoftFormat(usualFields, true)).to.contain('CHANGE keyStore: it is a path on the machine that wrote');
    expect(text).not.to.contain('CHANGE');
  });

  it('gives any value back as it was, and URLs without a slash at the end', () => {
    fc.assert(
      fc.property(oddFields, fc.boolean(), (fields, keyPathIsLocal) => {
        const { audienceUrl } = asHandedOver(fields);
        expect(connectionOf(mulesoftFormat(fields, keyPathIsLocal))).to.include({
          consumerKey: fields.clientId,
          principal: fields.username,
          tokenEndpoint: `${audienceUrl}/services/oauth2/token`,
          audienceUrl,
        });
      }),
      runs(150, 5000)
    );
  });
});
