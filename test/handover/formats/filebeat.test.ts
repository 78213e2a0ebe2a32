import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse, parseDocument } from 'yaml';
import { filebeatFormat } from '../../../src/handover/formats/filebeat.ts';
import { example, exampleOrg, startEmulator } from '../../emulator/index.ts';
import type { Emulator } from '../../emulator/index.ts';
import { fixture } from '../../emulator/test-client.ts';
import { runs } from '../../mutations.ts';
import { collect, filebeatInputs, logIn } from '../collector-client.ts';
import { asHandedOver, oddFields, usualFields } from '../odd-fields.ts';
import { fieldsOf, withSwitchedOff } from '../read-settings.ts';

const text = filebeatFormat(usualFields, false);

describe('the hand-over as filebeat.yml', () => {
  it('has an input per stream, each with an id of its own', () => {
    expect(filebeatInputs(text).map(({ id, methods }) => [id, methods.map(({ name }) => name)])).to.deep.equal([
      ['salesforce-login', ['event_log_file']],
      ['salesforce-logout', ['event_log_file']],
      ['salesforce-apex', ['event_log_file']],
      ['salesforce-setupaudittrail', ['object']],
    ]);
  });

  it('has the five fields in every input', () => {
    for (const input of filebeatInputs(text)) expect(fieldsOf(input)).to.deep.equal(usualFields);
  });

  it('gives any value back as it was, and URLs without a slash at the end', function () {
    this.timeout(0);
    fc.assert(
      fc.property(oddFields, fc.boolean(), (fields, keyPathIsLocal) => {
        const odd = filebeatFormat(fields, keyPathIsLocal);
        expect(parseDocument(odd).errors).to.deep.equal([]);
        expect(parse(odd)).to.deep.equal(parse(odd, { version: '1.1' }));
        for (const input of filebeatInputs(odd)) expect(fieldsOf(input)).to.deep.equal(asHandedOver(fields));
      }),
      runs(60, 5000)
    );
  });

  it('asks for daily log files, as an org without the add-on has them', () => {
    const queries = text.match(/".* FROM EventLogFile .*"/g) ?? [];
    expect(queries).to.have.length(6);
    for (const soql of queries) expect(soql).to.contain("Interval = 'Daily'");
    expect(text).to.match(/Hourly.*\n?.*add-on/);
  });

  it('filters, orders and goes on by one field, which the log file query selects', () => {
    for (const { methods } of filebeatInputs(withSwitchedOff(text))) {
      for (const { name, query: soql, cursorField } of methods) {
        expect(soql.value).to.match(new RegExp(String.raw`\b${cursorField} > \[\[ \.cursor\.${name}\.\w+ \]\]`));
        if (soql.default.includes('ORDER BY')) {
          for (const one of Object.values(soql)) expect(one).to.contain(`ORDER BY ${cursorField} ASC`);
        }
        if (name === 'event_log_file') expect(soql.default).to.match(new RegExp(`^SELECT [^ ]*\\b${cursorField}\\b`));
      }
    }
  });

  it('has real-time events switched off, with the permission that they need', () => {
    for (const object of ['LoginEvent', 'LogoutEvent']) {
      expect(text).to.match(new RegExp(`# .*${object} with Enable Storage.*\\n.*View Real-Time Event Monitoring Data`));
      expect(JSON.stringify(parse(text))).not.to.contain(object);
    }
  });

  it('collects real-time events once the # in front of them is taken away', () => {
    const inputs = filebeatInputs(withSwitchedOff(text));
    const objects = inputs.map(({ methods }) => methods.find(({ name }) => name === 'object')?.query.default);
    expect(objects.map((soql) => soql?.match(/FROM (\w+)/)?.[1])).to.deep.equal([
      ...['LoginEvent', 'LogoutEvent', undefined, 'SetupAuditTrail'],
    ]);
    expect(parse(withSwitchedOff(text))).to.have.nested.property(
      'filebeat\\.inputs[0].auth\\.oauth2.jwt_bearer_flow.token_url',
      usualFields.audienceUrl
    );
  });

  it('says that the key path is one on this machine, only where it is', () => {
    expect(filebeatFormat(usualFields, true)).to.match(
      /# CHANGE THIS: .* not on the collector\.\n.*\n +client\.key_path/
    );
    expect(text).not.to.contain('CHANGE THIS');
  });
});

describe('the collector with this filebeat.yml', () => {
  let emulator: Emulator;
  beforeEach(async () => (emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')))));
  afterEach(() => emulator.stop());

  it('logs in with one request, and fetches log files, each once', async () => {
    const fields = {
      audienceUrl: emulator.myDomainUrl,
      clientKeyPath: fileURLToPath(new URL('../../fixtures/keys/rsa2048.key', import.meta.url)),
      username: example.username,
      clientId: example.clientId,
      instanceUrl: emulator.myDomainUrl,
    };
    const trust = { ca: emulator.tlsCertificate };
    const [input] = filebeatInputs(filebeatFormat(fields, false));
    const session = await logIn(input!, trust);
    const [request, ...more] = emulator.calls.tokenRequests();
    expect(more).to.deep.equal([]);
    expect(request?.claims).to.include({
      iss: example.clientId,
      sub: example.username,
      aud: emulator.myDomainUrl,
    });
    const run = await collect(input!, input!.methods[0]!, session, trust);
    expect(run.files[0]).to.match(/^"EVENT_TYPE"/);
    const next = await collect(input!, input!.methods[0]!, session, trust, run.cursor);
    expect(next.files).to.deep.equal([]);
    expect(emulator.calls.tokenRequests()).to.have.length(1);
  });
});
