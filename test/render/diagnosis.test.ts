import { expect } from 'chai';
import fc from 'fast-check';
import type { StoredLogin } from '../../src/handover/stored-login.ts';
import { report, type CheckReport } from '../../src/checks/summary.ts';
import { renderDiagnosis, type DiagnosedOrg, type DiagnosisView } from '../../src/render/diagnosis.ts';
import { runs } from '../mutations.ts';
import { finding, green, red, refused, unknownOrg } from './example-report.ts';
import { secret, secretParts } from './secrets.ts';

const clientId = '3MVG9lKcPoNINVBIPJjdw1J9LLM82HnFVVX19KY1uA5mu0QqEWhqKpoW3svG3XHrXDiCQ.jK1mdgA_vhC';
const login: StoredLogin = {
  username: 'integration@acme.com',
  alias: 'acme',
  clientId,
  keyPath: '/home/ann/aquila/server.key',
  instanceUrl: 'https://acme.my.salesforce.com',
  loginUrl: 'https://acme.my.salesforce.com',
  jwtAudience: 'https://acme.my.salesforce.com',
  orgId: '00D5g00000Acme1EAB',
};
const view: Omit<DiagnosisView, 'orgs'> = {
  versions: { plugin: '0.1.0', sf: '@salesforce/cli/2.110.0', node: 'v22.19.0', platform: 'linux x64' },
  now: new Date('2026-11-21T02:00:00.123Z'),
  machine: { home: '/home/ann', user: 'ann' },
};
const org = (more: CheckReport = red, of: Partial<StoredLogin> = {}): DiagnosedOrg => ({
  ...{ name: 'acme', login: { ...login, ...of }, report: more },
});
const render = (...orgs: DiagnosedOrg[]): string => renderDiagnosis({ ...view, orgs });

/**
 * What Markdown or HTML is left of a text once its code is gone, as CommonMark takes it out: fences first (§4.5), since they are blocks,
 * then what stands between two runs of as many backticks (§6.1).
 */
function outsideCode(markdown: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const [, ticks = ''] = /^ {0,3}(`{3,})[^`]*$/.exec(line) ?? [];
    if (fence === undefined && ticks !== '') fence = ticks;
    else if (fence !== undefined) fence = new RegExp(`^ {0,3}${fence}\`*[ \\t]*$`).test(line) ? undefined : fence;
    else lines.push(line);
  }
  expect(fence, 'a fence that stays open').to.equal(undefined);
  return lines.map((line) => line.replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, 'CODE')).join('\n');
}

describe('render: the diagnosis for the support', () => {
  it('says what ran and when', () => {
    expect(render(org()).split('\n').slice(0, 9)).to.deep.equal([
      '# Diagnosis by sf aquila',
      '',
      'For CyTech Support. Tokens, keys and passphrases are left out, and paths do not tell who made this report.',
      '',
      '- Made: `2026-11-21T02:00:00Z`',
      '- sf-plugin-aquila: `0.1.0`',
      '- sf: `@salesforce/cli/2.110.0`',
      '- Node.js: `v22.19.0`',
      '- Platform: `linux x64`',
    ]);
  });

  it('names the org, its hosts and the five fields under the labels of the form', () => {
    const loginUrl = 'https://test.salesforce.com/';
    const text = render(org(red, { loginUrl, aquilaKeyPath: '/etc/aquila/server.pem' }));
    expect(text).to.include('## Org `acme`\n\nIt did not pass.\n\n- Org id: `00D5g00000Acme1EAB`\n');
    expect(text).to.include('- Hosts: `acme.my.salesforce.com`, `test.salesforce.com`\n');
    expect(/### The five fields\n\n((?:- .*\n)+)/.exec(text)?.[1]?.trimEnd().split('\n')).to.deep.equal([
      '- JWT Authentication Audience URL: `https://acme.my.salesforce.com`',
      '- JWT Authentication Client Key Path: `/etc/aquila/server.pem`',
      '- Username: `integration@acme.com`',
      `- Client ID (Consumer Key): \`${clientId}\``,
      '- Instance URL: `https://acme.my.salesforce.com`',
    ]);
  });

  it('a path on this machine is named as such, and does not tell whose it is', () => {
    expect(render(org())).to.include('Client Key Path: `~/aquila/server.key` (on this machine;');
  });

  it('a path on the collector is handed over as it is, though the user here is called like a folder in it', () => {
    const machine = { home: '/home/keys', user: 'keys' };
    const one = org(red, { aquilaKeyPath: '/var/keys/server.pem' });
    expect(renderDiagnosis({ ...view, machine, orgs: [one] })).to.include('Path: `/var/keys/server.pem`\n');
  });

  it('what is not stored is said to be missing', () => {
    const text = render({ name: 'acme', login: { username: 'u@acme.com' }, report: green });
    for (const label of ['Org id', 'Hosts', 'Client ID (Consumer Key)', 'Instance URL']) {
      expect(text).to.include(`- ${label}: not stored\n`);
    }
    expect(text).to.include('It passed.');
  });

  it('has every finding with detail, fix and page, also what passes say', () => {
    const text = render(org());
    expect(text).to.include("  fail    Salesforce accepts the collector's login\n");
    expect(text).to.include('      fix: Assign the permission set:\n           sf org assign permset --name AQUILA');
    expect(text).to.include('      see: docs/checks/login-accepted.md\n');
    expect(text).to.include('  pass    key is well\n      server.key\n');
    expect(text).to.include('\n1 failed, 1 unknown, 1 warning, 1 skipped, 1 passed\n```');
  });

  it("has Salesforce's words unbroken, however long they are", () => {
    const errorDescription = 'a long story of how the login was refused and by whom '.repeat(4).trim();
    const text = render(org(report([{ ...refused, data: { error: 'invalid_grant', errorDescription } }])));
    expect(text).to.include('login-accepted error: invalid_grant\n');
    expect(text).to.include(`login-accepted errorDescription: ${errorDescription}\n`);
  });

  it('an org that could not be checked says why, and hides no other', () => {
    const text = render(unknownOrg, org());
    expect(text).to.include(
      '## Org `acmee`\n\nIt could not be checked.\n\n```text\nNo login is stored under acmee. (LoginUnknown)\nDid you mean acme?\n'
    );
    expect(text).to.include('## Org `acme`\n');
  });

  it('lets no secret through, wherever it is', () => {
    const places: Array<(planted: string) => DiagnosedOrg> = [
      (planted) => org(report([finding('key-rsa', 'fail', { detail: `before\n${planted}\nafter` })])),
      (planted) => org(report([finding('key-rsa', 'pass', { detail: `POST answered "${planted}"` })])),
      (planted) => org(report([finding('key-rsa', 'fail', { fix: `do this: ${planted}` })])),
      (planted) => org(report([finding('key-rsa', 'warn', { title: planted })])),
      (planted) => org(report([finding('key-rsa', 'unknown', { data: { words: planted, list: ['x', planted] } })])),
      (planted) => org(red, { username: planted, aquilaKeyPath: planted }),
      (planted) => org(red, { jwtAudience: `https://${planted}`, orgId: planted }),
      (planted) => ({ ...org(), name: planted }),
      (planted) => ({ ...unknownOrg, problem: { ...unknownOrg.problem, message: planted, actions: [planted] } }),
    ];
    fc.assert(
      fc.property(secret, fc.constantFrom(...places), (planted, place) => {
        const text = render(place(planted));
        const lines = text.replaceAll(/\s+/g, '');
        for (const part of secretParts(planted)) expect(lines).to.not.include(part);
      }),
      runs(300, 10_000)
    );
  });

  it('a secret is known by its name in the data', () => {
    const data = { clientSecret: 'hunter2', passphrase: 'correct horse' };
    const text = render(org(report([finding('key-rsa', 'fail', { data })])));
    expect(text).to.not.include('hunter2').and.not.include('horse');
  });

  it('nobody who works at this machine is named', () => {
    const detail = 'EACCES: /home/ann/aquila/server.key, /media/ann/stick/server.key, /home/you/server.key';
    const text = render(org(report([finding('key-readable', 'fail', { detail, fix: 'chmod 600 /home/ann/x' })])));
    expect(text).to.not.match(/\bann\b|\byou\b/);
    expect(text).to.include('chmod 600 ~/x');
  });

  it('nothing that came from an org means anything in Markdown or HTML', () => {
    const awkward = fc.constantFrom(
      ...[
        '`',
        '```',
        '\n```\n',
        '\n~~~~\n',
        '|',
        '\\|',
        '<script>',
        '</pre>',
        '![x](https://x.y)',
        '\n# x',
        '\n- [ ] x',
        '@acme',
      ],
      ...['&lt;', '<!--', ' ', '\n', '\r\n', '\u2028', '\\', '*', '[', '](', '\n    x', '\n---\n', '$$', '\t']
    );
    const hostile = fc
      .array(fc.oneof(awkward, fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 12 })
      .map((parts) => `x${parts.join('')}`);
    const withText = (text: string): DiagnosedOrg[] => [
      {
        name: text,
        login: { ...login, username: text, orgId: text, aquilaKeyPath: text, clientId: text },
        report: report([finding('key-rsa', 'fail', { title: text, detail: text, fix: text, data: { words: text } })]),
      },
      { name: text, problem: { code: 'LoginUnknown', message: text, actions: [text] } },
    ];
    const harmless = outsideCode(render(...withText('x')));
    expect(harmless).to.include('- Username: CODE').and.not.include('x`');
    fc.assert(
      fc.property(hostile, (text) => {
        expect(outsideCode(render(...withText(text)))).to.equal(harmless);
      }),
      runs(300, 10_000)
    );
  });
});
