import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { report } from '../../src/checks/summary.ts';
import { orgStatus, renderOrgTable, type OrgResult, type OrgTableView } from '../../src/render/org-table.ts';
import { finding, green, red, unknownOrg, yellow } from './example-report.ts';

const beta: OrgResult = { username: 'siem@beta.com', alias: 'beta', ...green };
const acme: OrgResult = { username: 'integration@acme.com', alias: 'acme', ...red };
const old: OrgResult = { username: 'siem@old.com', ...yellow };
const orgs = [beta, old, acme, unknownOrg];

const paper: OrgTableView = { columns: 80, colour: false, concise: false };
const render = (shown: readonly OrgResult[] = orgs, view: Partial<OrgTableView> = {}): string[] =>
  renderOrgTable(shown, { ...paper, ...view }).split('\n');

describe('render: several orgs', () => {
  it('has a line for each org, the worst first, then what needs attention in each, then the count', () => {
    expect(render()).to.deep.equal([
      '        Org                           failed  unknown warnings  skipped   passed',
      'fail    acme (integration@acme.com)        1        1        1        1        1',
      'fail    acmee                        could not be checked',
      'warn    siem@old.com                       0        0        1        0        1',
      'pass    beta (siem@beta.com)               0        0        0        0        3',
      '',
      'acme',
      '  warn    certificate does not expire soon',
      '      expires on 2026-12-24, in 33 days, which is less than the 60 asked for',
      '      fix: sf aquila cert create --output-dir next',
      '  unknown host is well',
      '      it could not be told',
      '      fix: Look',
      "  fail    Salesforce accepts the collector's login",
      "      invalid_grant: user hasn't approved this consumer",
      '      fix: Assign the permission set:',
      '           sf org assign permset --name AQUILA --target-org ADMIN',
      '      more: sf aquila verify --target-org acme',
      '',
      'acmee',
      '      No login is stored under acmee. (LoginUnknown)',
      '      fix: Did you mean acme?',
      '           sf aquila login --help',
      '',
      'siem@old.com',
      '  warn    certificate does not expire soon',
      '      expires on 2026-12-24, in 33 days, which is less than the 60 asked for',
      '      fix: sf aquila cert create --output-dir next',
      '      more: sf aquila verify --target-org siem@old.com',
      '',
      '4 orgs: 1 failed, 1 could not be checked, 1 passed with warnings, 1 passed',
    ]);
  });

  it('colour only adds: signs in place of words, and the same text', () => {
    const lines = render(orgs, { colour: true });
    expect(lines.some((line) => line.includes('\u001B[31m✗\u001B[39m acme '))).to.equal(true);
    const plain = lines.map((line) =>
      stripVTControlCharacters(line)
        .replace(/^( {0,2})[✓!✗?] /, '$1')
        .trim()
    );
    const words = render().map((line) => line.replace(/^( {0,2})(?:pass|warn|fail|unknown) +/, '$1').trim());
    const joined = (of: string[]): string => of.join(' ').replaceAll(/\s+/g, '');
    expect(joined(plain)).to.equal(joined(words));
  });

  it('without colour there is no escape sequence', () => {
    expect(renderOrgTable(orgs, paper)).to.equal(stripVTControlCharacters(renderOrgTable(orgs, paper)));
  });

  it('--concise leaves out the orgs that passed, but counts them', () => {
    const text = renderOrgTable(orgs, { ...paper, concise: true });
    expect(text).to.not.include('beta').and.not.match(/^pass/m);
    expect(text).to.include('1 passed with warnings, 1 passed').and.include('old.com');
    expect(render([beta, beta], { concise: true })).to.deep.equal(['2 orgs: 2 passed']);
  });

  it('orgs that are alike keep their order', () => {
    const many = ['c', 'a', 'b'].map((alias): OrgResult => ({ username: 'u@acme.com', alias, ...green }));
    expect(render(many).flatMap((line) => /^pass {4}(\w) /.exec(line)?.[1] ?? [])).to.deep.equal(['c', 'a', 'b']);
  });

  it('no name is cut off, and nothing but commands is wider than the screen', () => {
    const username = `${'integration.user.of.aquila.'.repeat(3)}@acme.com`;
    const lines = render([
      { username, ...red },
      { username, alias: 'x'.repeat(90), ...green },
    ]);
    const long = lines.filter((line) => line.length > 80 && !line.includes('sf aquila verify'));
    expect(long).to.deep.equal([username]);
    const cells = lines.slice(1, lines.indexOf('')).map((line) => line.slice(8, 35).trim());
    expect(cells.join('')).to.include(username).and.include('x'.repeat(90));
  });

  it('what a terminal would obey is shown as a replacement character, and a name stays one line', () => {
    const text = renderOrgTable([{ username: 'a\u001B[2J\nb', ...green }], paper);
    expect(text).to.include('a\uFFFD[2J\uFFFDb ');
  });

  it('a name that a shell would take apart is quoted in the command', () => {
    expect(render([{ username: 'u@acme.com', alias: 'my org', ...red }]).join('\n')).to.include(
      'more: sf aquila verify --target-org "my org"\n'
    );
  });

  it('an org that only skips kept from passing shows these', () => {
    const skipped = report([
      finding('key-readable', 'skip', { detail: 'left out by --skip' }),
      finding('login-accepted', 'skip', { detail: 'blocked by key-readable', blockedBy: 'key-readable' }),
    ]);
    const org = { username: 'u@acme.com', ...skipped };
    expect(orgStatus(org)).to.equal('unknown');
    expect(render([org]))
      .to.include('  skip    login is well')
      .and.include('      blocked by key-readable');
  });

  it('without orgs it says so', () => expect(render([])).to.deep.equal(['no orgs']));
});
