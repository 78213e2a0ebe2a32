import { expect } from 'chai';
import fc from 'fast-check';
import { fleetFormat } from '../../../src/handover/formats/fleet.ts';
import { runs } from '../../mutations.ts';
import { readConfiguration } from '../collector-client.ts';
import { asHandedOver, oddFields, usualFields } from '../odd-fields.ts';

type Policy = {
  description: string;
  vars: Record<string, unknown>;
  inputs: Record<string, { enabled: boolean; streams: Record<string, { enabled: boolean; vars?: object }> }>;
};

const policyOf = (text: string): Policy => JSON.parse(text) as Policy;

const policy = policyOf(fleetFormat(usualFields, false));

describe('the hand-over as a package policy of Fleet', () => {
  it('has the variables of the package, also the one that it requires without using it', () => {
    expect(policy.vars).to.deep.equal({
      instance_url: usualFields.instanceUrl,
      jwt_enabled: true,
      username: usualFields.username,
      client_id: usualFields.clientId,
      client_key_path: usualFields.clientKeyPath,
      jwt_url: usualFields.audienceUrl,
      token_url: 'https://login.salesforce.com',
    });
  });

  it('collects daily log files and the audit trail, and no real-time events', () => {
    const events = { event_log_file: true, object: false, log_file_interval: 'Daily' };
    expect(policy.inputs).to.deep.equal({
      'salesforce-salesforce': {
        enabled: true,
        streams: {
          'salesforce.login': { enabled: true, vars: events },
          'salesforce.logout': { enabled: true, vars: events },
          'salesforce.apex': { enabled: true, vars: { log_file_interval: 'Daily' } },
          'salesforce.setupaudittrail': { enabled: true },
        },
      },
    });
  });

  it('has its notes in the first field, since JSON has no comments', () => {
    expect(Object.keys(policy)[0]).to.equal('description');
    expect(policy.description).to.contain('Inferred: the frame around vars.');
    expect(policy.description).to.match(/object .* is off; it needs View Real-Time Event Monitoring Data/);
    expect(policy.description).to.match(/log_file_interval is Daily.*\(inferred\)/);
  });

  it('says that the key path is one on this machine, only where it is', () => {
    expect(policyOf(fleetFormat(usualFields, true)).description).to.match(/^client_key_path: CHANGE THIS: /);
    expect(policy.description).not.to.contain('CHANGE THIS');
  });

  it('gives any value back as it was, and URLs without a slash at the end', () => {
    fc.assert(
      fc.property(oddFields, (fields) => {
        const { vars } = policyOf(fleetFormat(fields, false));
        const plain = readConfiguration(JSON.stringify(vars));
        expect({
          audienceUrl: plain['jwt_url'],
          clientKeyPath: plain['client_key_path'],
          username: plain['username'],
          clientId: plain['client_id'],
          instanceUrl: plain['instance_url'],
        }).to.deep.equal(asHandedOver(fields));
      }),
      runs(150, 5000)
    );
  });
});
