import { expect } from 'chai';
import { renderAppSource, renderCreatedApp, renderPlan, stageTitles, type DoneView } from '../../src/render/app.ts';
import { createAppStages } from '../../src/setup/app-talk.ts';

const one = { setting: 'Session Timeout in Minutes', from: '60', to: '5' };
const fingerprint = (digit: string): string => `SHA-256 ${Array.from({ length: 32 }, () => `A${digit}`).join(':')}`;
const widest = (lines: readonly string[]): number => Math.max(...lines.map((line) => line.length));

describe('renderPlan', () => {
  const view = { app: 'AQUILA', org: 'admin', created: false, changes: [one] };

  it('shows each setting with its value now and then', () => {
    expect(renderPlan(view, 80)).to.deep.equal([
      'AQUILA in admin differs in one setting. This is what changes:',
      '',
      '  Session Timeout in Minutes  60 -> 5',
      '',
    ]);
  });

  it('counts several settings, and shows no arrow where there was no value', () => {
    const changes = [one, { setting: 'Contact Email', from: null, to: 'soc@acme.com' }];
    expect(renderPlan({ ...view, changes }, 80)).to.deep.equal([
      'AQUILA in admin differs in 2 settings. This is what changes:',
      '',
      '  Session Timeout in Minutes  60 -> 5',
      '  Contact Email               soc@acme.com',
      '',
    ]);
  });

  it('says that nothing is to do', () => {
    expect(renderPlan({ ...view, changes: [] }, 80)).to.deep.equal([
      'AQUILA in admin is as it should be; nothing is changed.',
    ]);
  });

  for (const columns of [60, 80, 100]) {
    it(`stays within ${columns} columns, but for addresses, which stay whole`, () => {
      const url = `https://acme.com/${'a'.repeat(120)}`;
      const changes = [
        { setting: 'Certificate', from: fingerprint('1'), to: fingerprint('2') },
        { setting: 'Callback URL', from: url, to: `${url}, http://localhost:1717/x` },
        { setting: 'Permission Set of integration@acme.com', from: null, to: 'AQUILA' },
        {
          setting: 'Description',
          from: null,
          to: 'Lets the log collector of CyTech AQUILA log in without a person, managed by us',
        },
      ];
      const lines = renderPlan({ ...view, app: 'A name of an app '.repeat(5).trim(), changes }, columns);
      const wide = lines.filter((line) => line.length > columns);
      expect(wide.filter((line) => !line.includes(url))).to.deep.equal([]);
      expect(wide.length).to.equal(2);
    });
  }

  it('gives a long name a line of its own, which does not push the others apart', () => {
    const long = { setting: `Permission Set of ${'u'.repeat(30)}@acme.com`, from: null, to: 'AQUILA' };
    expect(renderPlan({ ...view, changes: [one, long] }, 80).slice(2, -1)).to.deep.equal([
      '  Session Timeout in Minutes  60 -> 5',
      `  ${long.setting}`,
      '                              AQUILA',
    ]);
  });

  it('brings a description of several lines into one', () => {
    const changes = [{ setting: 'Description', from: 'one\ntwo', to: 'three' }];
    expect(renderPlan({ ...view, changes }, 80)[2]).to.equal('  Description       one two -> three');
  });

  it('prints no control characters of an org', () => {
    const changes = [{ setting: 'Description', from: 'a\u001b[31mred\u0007', to: 'b' }];
    // eslint-disable-next-line no-control-regex
    expect(renderPlan({ ...view, changes }, 80).join('\n')).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });
});

describe('renderCreatedApp', () => {
  const done: DoneView = {
    app: 'AQUILA',
    org: 'admin',
    created: true,
    changes: [one],
    dryRun: false,
    validates: false,
    clientId: 'abcdefgh',
    username: 'integration@acme.com',
    instanceUrl: 'https://acme.my.salesforce.com',
    certificateFile: 'keys/server.crt',
  };

  it('ends with the client id and the login that comes next, ready to be pasted', () => {
    const lines = renderCreatedApp(done, 80);
    expect(lines[0]).to.equal('Created the external client app AQUILA in admin.');
    expect(lines).to.include('  abcdefgh');
    expect(lines.at(-1)).to.equal(
      '  sf aquila login --username integration@acme.com --client-id abcdefgh --jwt-key-file keys/server.key --instance-url https://acme.my.salesforce.com'
    );
    expect(widest(lines.slice(0, -1))).to.be.at.most(80);
  });

  it('warns of a short session, and not of one that outlasts an hour', () => {
    expect(renderCreatedApp(done, 80).join(' ')).to.include('--session-timeout 120');
    const longer = renderCreatedApp({ ...done, changes: [{ ...one, to: '120' }] }, 80);
    expect(longer.join(' ')).not.to.include('--session-timeout');
  });

  it('says less where nothing was changed', () => {
    expect(renderCreatedApp({ ...done, changes: [] }, 80)).to.deep.equal([
      '',
      'Client id (consumer key)',
      '  abcdefgh',
    ]);
  });

  it('says where the client id stands when the org does not return it', () => {
    const text = renderCreatedApp({ ...done, clientId: undefined }, 80).join(' ');
    expect(text).to.include('Setup > External Client App Manager').and.include('--client-id CLIENT_ID');
  });

  it('a dry run changed nothing', () => {
    expect(renderCreatedApp({ ...done, dryRun: true, validates: true }, 80)).to.deep.equal([
      'Dry run: admin accepts this plan. Nothing was changed.',
    ]);
    expect(renderCreatedApp({ ...done, dryRun: true, changes: [] }, 80)).to.deep.equal([
      'Dry run: nothing would be changed.',
    ]);
  });
});

describe('renderAppSource', () => {
  it('lists the files and how they get into an org', () => {
    const lines = renderAppSource({ name: 'AQUILA', files: ['/x/a.xml', '/x/b.xml'], folder: "my app's" }, 80);
    expect(lines).to.include.members([
      'Wrote the source of the external client app AQUILA:',
      '  /x/a.xml',
      '  sf project deploy start --source-dir . --target-org ADMIN',
    ]);
    expect(lines.find((line) => line.startsWith('  cd '))).to.match(/^ {2}cd ["']/);
  });
});

it('every stage of the work has a title of its own', () => {
  const titles = [...stageTitles(createAppStages).values()];
  expect(new Set(titles).size).to.equal(createAppStages.length);
});
