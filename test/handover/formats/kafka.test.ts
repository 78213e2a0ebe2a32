import { expect } from 'chai';
import fc from 'fast-check';
import { kafkaFormat } from '../../../src/handover/formats/kafka.ts';
import { runs } from '../../mutations.ts';
import { asHandedOver, oddFields, usualFields } from '../odd-fields.ts';

/** Properties as `java.util.Properties.load(InputStream)` documents it, for files without continued lines. */
function propertiesOf(text: string): Record<string, string> {
  expect(text).to.match(/^[\n -~]*$/, 'Latin-1 is read, so anything else must be escaped');
  const controls: Record<string, string> = { t: '\t', n: '\n', r: '\r', f: '\f' };
  return Object.fromEntries(
    text
      .split('\n')
      .map((line) => line.trimStart())
      .filter((line) => line !== '' && !/^[#!]/.test(line))
      .map((line) => {
        expect(line).not.to.match(/(?<!\\)(?:\\\\)*\\$/, 'a backslash at the end continues the line');
        const [, key = '', value = ''] = /^([^=: ]+) *[=:]? *(.*)$/s.exec(line) ?? [];
        const plain = value.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, unit: string | undefined, one: string) =>
          unit === undefined ? (controls[one] ?? one) : String.fromCharCode(parseInt(unit, 16))
        );
        return [key, plain];
      })
  );
}

describe('the hand-over as Kafka Connect properties', () => {
  const text = kafkaFormat(usualFields, false);

  it('has the login of Confluent’s connectors, and the JKS beside the key', () => {
    expect(propertiesOf(text)).to.include({
      'salesforce.grant.type': 'JWT_BEARER',
      'salesforce.username': 'integration@acme.com',
      'salesforce.consumer.key': '3MVG9abc',
      'salesforce.jwt.keystore.path': '/etc/aquila/servercert.jks',
      'salesforce.instance': 'https://acme.my.salesforce.com',
    });
  });

  it('refers to the password of the keystore and does not hold it', () => {
    expect(propertiesOf(text)['salesforce.jwt.keystore.password']).to.match(/^\$\{file:[^:]+:password\}$/);
    expect(text).to.contain('# config.providers=file');
  });

  it('names a connector and what it reads, and says what is inferred', () => {
    expect(propertiesOf(text)).to.include.keys('name', 'connector.class', 'tasks.max', 'kafka.topic');
    expect(text.match(/^# .*Inferred/gm)).to.have.length(3);
  });

  it('says that the path is one on this machine, only where it is', () => {
    expect(kafkaFormat(usualFields, true)).to.match(/# CHANGE THIS: .*\n.*\nsalesforce\.jwt\.keystore\.path=/);
    expect(text).not.to.contain('CHANGE THIS');
  });

  it('gives any value back as it was, and URLs without a slash at the end', () => {
    fc.assert(
      fc.property(oddFields, fc.boolean(), (fields, keyPathIsLocal) => {
        expect(propertiesOf(kafkaFormat(fields, keyPathIsLocal))).to.include({
          'salesforce.username': fields.username,
          'salesforce.consumer.key': fields.clientId,
          'salesforce.instance': asHandedOver(fields).audienceUrl,
        });
      }),
      runs(150, 5000)
    );
  });
});
