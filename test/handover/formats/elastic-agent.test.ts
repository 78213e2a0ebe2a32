import { expect } from 'chai';
import fc from 'fast-check';
import { parse, parseDocument } from 'yaml';
import { elasticAgentFormat } from '../../../src/handover/formats/elastic-agent.ts';
import { filebeatFormat } from '../../../src/handover/formats/filebeat.ts';
import { runs } from '../../mutations.ts';
import { agentInputs, filebeatInputs } from '../collector-client.ts';
import { asHandedOver, oddFields, usualFields } from '../odd-fields.ts';
import { fieldsOf, withSwitchedOff } from '../read-settings.ts';

const text = elasticAgentFormat(usualFields, false);

type Policy = { inputs: Array<{ use_output: string; streams: Array<Record<string, unknown>> }> };

describe('the hand-over as a policy of Elastic Agent', () => {
  it('has a stream per data set of the package', () => {
    const { inputs } = parse(text) as Policy;
    expect(inputs.map(({ use_output }) => use_output)).to.deep.equal(['default']);
    expect(inputs[0]?.streams.map((stream) => stream['data_stream'])).to.deep.equal(
      ['login', 'logout', 'apex', 'setupaudittrail'].map((name) => ({ type: 'logs', dataset: `salesforce.${name}` }))
    );
  });

  it('collects what filebeat.yml collects, also with everything switched on', () => {
    expect(agentInputs(text)).to.deep.equal(filebeatInputs(filebeatFormat(usualFields, false)));
    expect(agentInputs(withSwitchedOff(text))).to.deep.equal(
      filebeatInputs(withSwitchedOff(filebeatFormat(usualFields, false)))
    );
  });

  it('gives any value back as it was, and URLs without a slash at the end', function () {
    this.timeout(0);
    fc.assert(
      fc.property(oddFields, fc.boolean(), (fields, keyPathIsLocal) => {
        const odd = elasticAgentFormat(fields, keyPathIsLocal);
        expect(parseDocument(odd).errors).to.deep.equal([]);
        expect(parse(odd)).to.deep.equal(parse(odd, { version: '1.1' }));
        for (const input of agentInputs(odd)) expect(fieldsOf(input)).to.deep.equal(asHandedOver(fields));
      }),
      runs(60, 5000)
    );
  });

  it('puts the Instance URL into every event, as the package does', () => {
    const { inputs } = parse(text) as Policy;
    for (const { processors } of inputs[0]!.streams) {
      expect(processors).to.deep.equal([
        { add_fields: { target: 'salesforce', fields: { instance_url: usualFields.instanceUrl } } },
      ]);
    }
  });

  it('says what is inferred', () => {
    expect(text).to.match(
      /# .*Inferred: the frame around them, that is id,\n +# use_output, streams and data_stream\./
    );
  });

  it('says that the key path is one on this machine, only where it is', () => {
    expect(elasticAgentFormat(usualFields, true)).to.contain('# CHANGE THIS');
    expect(text).not.to.contain('CHANGE THIS');
  });
});
