import { expect } from 'chai';
import { report } from '../../src/checks/summary.ts';
import { renderSetupEnd, type SetupEnd } from '../../src/render/setup-end.ts';
import { renderSetupPlan, setupWarnings, type SetupPlanView } from '../../src/render/setup-plan.ts';

const view = { columns: 80, terminal: true, colour: false, concise: false, verbose: false };

const plan: SetupPlanView = {
  ...{ org: 'admin', instanceUrl: 'https://acme.my.salesforce.com', username: 'integration@acme.com' },
  pair: {
    directory: '/home/ann/aquila',
    keyFile: '/home/ann/aquila/server.key',
    certificateFile: '/home/ann/aquila/server.crt',
    copy: undefined,
    written: {},
    facts: { subject: 'O=Acme', notAfter: '2027-11-22T00:00:00Z' },
  },
  permissionSet: undefined,
  app: { app: 'AQUILA', org: 'admin', created: false, changes: [] },
  login: { isStored: true, replaces: undefined, alias: undefined, keyPath: undefined },
  bundle: undefined,
  dryRun: false,
  doubts: { openToGit: undefined, subject: false, keyPath: undefined },
};

const handover = {
  fields: {
    ...{ audienceUrl: 'https://acme.my.salesforce.com', clientKeyPath: '/home/ann/aquila/server.key' },
    ...{ username: 'integration@acme.com', clientId: 'id', instanceUrl: 'https://acme.my.salesforce.com' },
  },
  keyPathIsLocal: true,
  doubts: [],
};

const end = (more: Partial<SetupEnd>): string =>
  renderSetupEnd({ plan, steps: [{ step: 'app', status: 'done' }], verify: report([]), handover, ...more }, view).join(
    '\n'
  );

describe('renderSetupPlan', () => {
  it('says place by place that all is as it should be', () => {
    expect(renderSetupPlan(plan, false, 80)).to.deep.equal([
      'Everything is as it should be: nothing is changed. What the collector will do is',
      'proven once more.',
      '',
      'On this machine, in /home/ann/aquila',
      '  the key and certificate that are there (server.key, server.crt) are used',
      '',
      'In the org admin (https://acme.my.salesforce.com)',
      '  AQUILA in admin is as it should be; nothing is changed.',
      '',
      'For sf, on this machine',
      '  login of integration@acme.com: as it should be',
      '',
      'Then the login is proven as the collector makes it, and one log file is read.',
    ]);
  });

  it('a dry run that finds nothing to do promises no proof', () => {
    const text = renderSetupPlan({ ...plan, dryRun: true }, false, 80).join(' ');
    expect(text).to.include('Everything is as it should be: there is nothing to do.').and.not.include('prove');
  });

  it('names what a login, an alias and a permission set become', () => {
    const text = renderSetupPlan(
      {
        ...plan,
        permissionSet: { name: 'S', created: false, lacking: [{ name: 'ApiEnabled', label: 'API Enabled' }], xml: '' },
        login: {
          isStored: false,
          replaces: 'own',
          alias: { name: 'aquila', takenFrom: 'bob@acme.com' },
          keyPath: '/k',
        },
        bundle: { path: '/b.zip', state: 'anew' },
      },
      true,
      80
    ).join('\n');
    for (const said of [
      'The plan. Nothing has been changed yet.',
      'Permission set S: gets API Enabled',
      'login of integration@acme.com: takes the place of the one that is stored',
      'alias aquila: for that login; so far it is that of bob@acme.com',
      'path of the key on the collector: /k, remembered',
      'bundle for the vendor: /b.zip, written anew in place of the earlier one',
    ]) {
      expect(text).to.include(said);
    }
  });
});

describe('setupWarnings', () => {
  it('says before the yes what git would take, which subject is not used, and which path is none', () => {
    expect(setupWarnings(plan)).to.deep.equal([]);
    const doubts = {
      openToGit: { gitIgnore: '/r/.gitignore', lines: ['/server.key'] },
      subject: true,
      keyPath: '"x" is no path',
    };
    const said = setupWarnings({ ...plan, doubts });
    expect(said.map(({ name }) => name)).to.deep.equal(['KeyOpenToGit', 'SubjectNotUsed', 'KeyPathDoubtful']);
    expect(said[1]?.message).to.include('/home/ann/aquila/server.crt, of O=Acme');
    expect(said[2]?.message).to.include('"x" is no path');
  });
});

describe('renderSetupEnd', () => {
  const bundle = { path: '/b.zip', state: 'new' as const };

  it('tells how to say the path on the collector while it is not known, and never to mail the key', () => {
    const text = end({});
    expect(text).to.include('sf aquila report --target-org integration@acme.com --key-path /etc/aquila/server.pem');
    expect(text).to.include('(on this machine, not on the collector)');
    expect(text.replace(/\s+/g, ' ')).to.include('Never by e-mail, in a ticket or in a chat.');
    expect(text).to.include('certificate, valid until 2027-11-22');
  });

  it('names the key to copy, and sends no bundle off that lacks the path on the collector', () => {
    const local = end({ plan: { ...plan, bundle } }).replace(/\s+/g, ' ');
    expect(local).to.include('Copy /home/ann/aquila/server.key to the log collector yourself');
    expect(local)
      .to.include('The five fields above and the bundle lack that path')
      .and.include('Send nothing before you know it.');
    expect(local).to.include(
      'sf aquila setup --target-org admin --username integration@acme.com --output-dir /home/ann/aquila --bundle /b.zip --key-path /etc/aquila/server.pem'
    );
    const other = {
      ...plan,
      pair: { ...plan.pair, keyFile: '/k/acme.key' },
      app: { ...plan.app, app: 'My SIEM' },
      bundle,
    };
    expect(end({ plan: other })).to.include(
      '--name "My SIEM" --jwt-key-file /k/acme.key --certificate-file /home/ann/aquila/server.crt --bundle /b.zip'
    );
    const known = end({ plan: { ...plan, bundle }, handover: { ...handover, keyPathIsLocal: false } });
    expect(known.replace(/\s+/g, ' ')).to.include('as the path in the five fields').and.not.include('lack that path');
  });

  it('hands nothing over that is not proven', () => {
    const verify = report([{ id: 'login-accepted', title: 'accepted', status: 'fail', docs: 'x' } as never]);
    const text = end({ verify });
    expect(text).to.include('The org is not ready for AQUILA yet').and.not.include('What to do now');
  });

  it('asks to mend nothing where nothing failed, and something could only not be found out', () => {
    const unknown = { id: 'user-active', title: 'active', status: 'unknown', docs: 'x' } as never;
    const text = end({ verify: report([unknown]) }).replace(/\s+/g, ' ');
    expect(text).to.include('could not be found out').and.not.include('mend').and.not.include('What to do now');
  });

  it('after a dry run there are the steps alone', () => {
    expect(end({ verify: undefined, handover: undefined })).to.equal(
      ['Steps', '  app  done', '', 'Dry run: nothing was changed.'].join('\n')
    );
  });
});
