import { expect } from 'chai';
import type { CheckId, VerdictStatus } from '../../src/checks/define.ts';
import type { Finding } from '../../src/checks/run.ts';
import { report } from '../../src/checks/summary.ts';
import { renderChecks, type ChecksView } from '../../src/render/checks.ts';

const finding = (id: CheckId, status: VerdictStatus, title: string, more: Partial<Finding> = {}): Finding => ({
  ...{ id, title, status, docs: `docs/checks/${id}.md` },
  ...more,
});

const blockedBy = (id: CheckId): Partial<Finding> => ({ detail: `blocked by ${id}`, blockedBy: id });

const refused = finding('login-accepted', 'fail', "Salesforce accepts the collector's login", {
  detail: [
    'POST https://acme.my.salesforce.com/services/oauth2/token answered 400',
    "invalid_grant: user hasn't approved this consumer",
    'likely      the user is not pre-authorised for the app, or the app still lets users authorise themselves',
    "ruled out   wrong host (it names this login's org)",
  ].join('\n'),
  fix: 'Setup > External Client App Manager > the app > Policies: select a permission set, and assign it to the user',
});

const findings: Finding[] = [
  finding('key-readable', 'pass', 'key file holds a private key', { detail: '/home/you/aquila/server.key' }),
  finding('key-rsa', 'pass', 'private key is RSA with 2048 bits or more'),
  finding('cert-matches-key', 'pass', 'certificate belongs to the private key'),
  finding('cert-expires-later', 'warn', 'certificate does not expire soon', {
    detail: 'expires on 2026-12-24, in 33 days, which is less than the 60 asked for',
    fix: 'make a new pair, then upload its certificate in Setup > External Client App Manager: sf aquila cert create --output-dir next',
  }),
  finding('host-org-id', 'skip', 'org that answers is the org of this login', {
    detail: 'the stored login names no org',
  }),
  finding('host-clock', 'unknown', 'clock of this machine agrees with the host', {
    detail: 'it could not be told',
    fix: 'look',
  }),
  refused,
  finding('login-username', 'skip', 'token belongs to the user of this login', blockedBy('login-accepted')),
  finding('login-scopes', 'skip', 'token carries the scopes of the guide', blockedBy('login-accepted')),
  finding('data-log-download', 'skip', 'log files can be downloaded', blockedBy('login-accepted')),
  finding('data-api-limit', 'skip', 'API requests are left', blockedBy('login-accepted')),
  finding('handover-complete', 'skip', 'all five fields are ready for the hand-over', { detail: 'left out by --skip' }),
];

const paper: ChecksView = { columns: 80, terminal: false, colour: false, concise: false, verbose: false };
const screen: ChecksView = { ...paper, terminal: true, colour: true };

const render = (view: Partial<ChecksView>, shown = findings): string[] =>
  renderChecks(shown, report(shown).summary, { ...paper, ...view }).split('\n');

const bold = (text: string): string => `\u001B[1m${text}\u001B[22m`;
const paint = (code: number, text: string): string => `\u001B[${String(code)}m${text}\u001B[39m`;
const [green, yellow, red, magenta, gray] = [
  paint(32, '✓'),
  paint(33, '!'),
  paint(31, '✗'),
  paint(35, '?'),
  paint(90, '-'),
];

describe('render: findings', () => {
  it('without a terminal every check has its line, marks are words, and nothing folds', () => {
    expect(render({})).to.deep.equal([
      'Key',
      '  pass    key file holds a private key',
      '  pass    private key is RSA with 2048 bits or more',
      'Certificate',
      '  pass    certificate belongs to the private key',
      '  warn    certificate does not expire soon',
      '      expires on 2026-12-24, in 33 days, which is less than the 60 asked for',
      '      fix: Make a new pair, then upload its certificate in Setup > External',
      '           Client App Manager:',
      '           sf aquila cert create --output-dir next',
      '      see: docs/checks/cert-expires-later.md',
      'Host',
      '  skip    org that answers is the org of this login',
      '      the stored login names no org',
      '  unknown clock of this machine agrees with the host',
      '      it could not be told',
      '      fix: Look',
      '      see: docs/checks/host-clock.md',
      'Login, as the collector does it',
      "  fail    Salesforce accepts the collector's login",
      '      POST https://acme.my.salesforce.com/services/oauth2/token answered 400',
      "      invalid_grant: user hasn't approved this consumer",
      '      likely      the user is not pre-authorised for the app, or the app still',
      '                  lets users authorise themselves',
      "      ruled out   wrong host (it names this login's org)",
      '      fix: Setup > External Client App Manager > the app > Policies: select a',
      '           permission set, and assign it to the user',
      '      see: docs/checks/login-accepted.md',
      '  skip    token belongs to the user of this login (blocked by login-accepted)',
      '  skip    token carries the scopes of the guide (blocked by login-accepted)',
      'Data',
      '  skip    log files can be downloaded (blocked by login-accepted)',
      '  skip    API requests are left (blocked by login-accepted)',
      'Hand-over',
      '  skip    all five fields are ready for the hand-over (left out by --skip)',
      '',
      '1 failed, 1 unknown, 1 warning, 6 skipped, 3 passed',
    ]);
  });

  it('on a terminal with colour marks are signs, and a room that says one thing folds to a line', () => {
    expect(render(screen)).to.deep.equal([
      `Key            ${green} 2 passed`,
      bold('Certificate'),
      `  ${green} certificate belongs to the private key`,
      `  ${yellow} certificate does not expire soon`,
      '      expires on 2026-12-24, in 33 days, which is less than the 60 asked for',
      '      fix: Make a new pair, then upload its certificate in Setup > External',
      '           Client App Manager:',
      '           sf aquila cert create --output-dir next',
      '      see: docs/checks/cert-expires-later.md',
      bold('Host'),
      `  ${gray} org that answers is the org of this login`,
      '      the stored login names no org',
      `  ${magenta} clock of this machine agrees with the host`,
      '      it could not be told',
      '      fix: Look',
      '      see: docs/checks/host-clock.md',
      bold('Login, as the collector does it'),
      `  ${red} Salesforce accepts the collector's login`,
      '      POST https://acme.my.salesforce.com/services/oauth2/token answered 400',
      "      invalid_grant: user hasn't approved this consumer",
      '      likely      the user is not pre-authorised for the app, or the app still',
      '                  lets users authorise themselves',
      "      ruled out   wrong host (it names this login's org)",
      '      fix: Setup > External Client App Manager > the app > Policies: select a',
      '           permission set, and assign it to the user',
      '      see: docs/checks/login-accepted.md',
      `  ${gray} 2 skipped, blocked by login-accepted`,
      `Data           ${gray} 2 skipped, blocked by login-accepted`,
      `Hand-over      ${gray} 1 skipped, left out by --skip`,
      '',
      '1 failed, 1 unknown, 1 warning, 6 skipped, 3 passed',
    ]);
  });

  it('on a terminal without colour rooms fold and marks are words', () => {
    const shown = findings.filter(
      ({ id }) => id.startsWith('key-') || id.startsWith('data-') || id === 'login-accepted'
    );
    expect(render({ terminal: true }, shown)).to.deep.equal([
      'Key            2 passed',
      'Login, as the collector does it',
      "  fail    Salesforce accepts the collector's login",
      '      POST https://acme.my.salesforce.com/services/oauth2/token answered 400',
      "      invalid_grant: user hasn't approved this consumer",
      '      likely      the user is not pre-authorised for the app, or the app still',
      '                  lets users authorise themselves',
      "      ruled out   wrong host (it names this login's org)",
      '      fix: Setup > External Client App Manager > the app > Policies: select a',
      '           permission set, and assign it to the user',
      '      see: docs/checks/login-accepted.md',
      'Data           2 skipped, blocked by login-accepted',
      '',
      '1 failed, 2 skipped, 2 passed',
    ]);
  });

  it('--verbose unfolds every room and shows what passes say', () => {
    const shown = findings.filter(({ id }) => id.startsWith('key-') || id.startsWith('data-'));
    expect(render({ ...screen, verbose: true }, shown)).to.deep.equal([
      bold('Key'),
      `  ${green} key file holds a private key`,
      '      /home/you/aquila/server.key',
      `  ${green} private key is RSA with 2048 bits or more`,
      bold('Data'),
      `  ${gray} log files can be downloaded (blocked by login-accepted)`,
      `  ${gray} API requests are left (blocked by login-accepted)`,
      '',
      '2 skipped, 2 passed',
    ]);
  });

  it('--concise prints what is no pass, and no room that only passed', () => {
    const shown = findings.filter(({ id }) => id.startsWith('key-') || id.startsWith('host-'));
    expect(render({ ...screen, concise: true }, shown)).to.deep.equal([
      bold('Host'),
      `  ${gray} org that answers is the org of this login`,
      '      the stored login names no org',
      `  ${magenta} clock of this machine agrees with the host`,
      '      it could not be told',
      '      fix: Look',
      '      see: docs/checks/host-clock.md',
      '',
      '1 unknown, 1 skipped, 2 passed',
    ]);
  });

  it('--concise prints one line when all is well', () => {
    expect(render({ ...screen, concise: true }, findings.slice(0, 2))).to.deep.equal(['2 passed']);
  });

  it('a skip that still has something to show is not folded away', () => {
    const shown = [
      finding('login-accepted', 'skip', "Salesforce accepts the collector's login", {
        detail: 'blocked by host-clock\ninvalid_grant: expired authorization code',
        blockedBy: 'host-clock',
      }),
    ];
    expect(render(screen, shown)).to.deep.equal([
      bold('Login, as the collector does it'),
      `  ${gray} Salesforce accepts the collector's login`,
      '      blocked by host-clock',
      '      invalid_grant: expired authorization code',
      '',
      '1 skipped',
    ]);
  });

  it('a folded room keeps the first words of its name', () => {
    const shown = [finding('login-accepted', 'pass', "Salesforce accepts the collector's login")];
    expect(render(screen, shown)[0]).to.equal(`Login          ${green} 1 passed`);
  });

  it('a command is never broken, however long it is', () => {
    const command = `sf aquila login --username integration@acme.com --client-id ${'3MVG9'.repeat(17)} --jwt-key-file /etc/aquila/server.key`;
    for (const fix of [command, `log in again: ${command}`]) {
      const lines = render({}, [finding('key-readable', 'fail', 'key file holds a private key', { fix })]);
      expect(lines.filter((line) => line.endsWith(command))).to.have.lengthOf(1);
    }
  });

  it('a fix of several steps has each step under the other, and each command on a line of its own', () => {
    const fix = [
      'sf aquila cert create --output-dir next',
      'upload next/server.crt: Setup > External Client App Manager > the app > Settings > OAuth Settings',
      'log in with its key: sf aquila login --jwt-key-file next/server.key',
    ].join('\n');
    const shown = [finding('cert-in-validity', 'fail', 'certificate is within its validity period', { fix })];
    expect(render({}, shown).slice(1, 8)).to.deep.equal([
      '  fail    certificate is within its validity period',
      '      fix: sf aquila cert create --output-dir next',
      '           Upload next/server.crt: Setup > External Client App Manager > the app',
      '           > Settings > OAuth Settings',
      '           Log in with its key:',
      '           sf aquila login --jwt-key-file next/server.key',
      '      see: docs/checks/cert-in-validity.md',
    ]);
  });

  it('what a terminal would obey is shown as a replacement character', () => {
    const shown = [finding('login-accepted', 'fail', 'it is well', { detail: 'error: \u001B[2J\u202Eevil\u0007' })];
    expect(render({}, shown)).to.include('      error: \uFFFD[2J\uFFFDevil\uFFFD');
  });

  it('several warnings are counted in the plural', () => {
    const shown = ['key-a', 'key-b'].map((id) => finding(id as CheckId, 'warn', 'it is well'));
    expect(render({}, shown).at(-1)).to.equal('2 warnings');
  });

  it('a line of a detail that stands in the column of another continues there', () => {
    const detail = `found      two things\n${' '.repeat(11)}${'word '.repeat(20).trim()}\nby         a setting`;
    const lines = render({}, [
      finding('sso-my-domain', 'warn', 'people log in at the My Domain alone', { detail, fix: 'look' }),
    ]);
    expect(lines.filter((line) => line.includes('word')).map((line) => line.search('word'))).to.deep.equal([17, 17]);
  });
});
