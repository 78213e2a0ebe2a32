import { expect } from 'chai';
import { unchecked } from '../../src/checks/unchecked.ts';
import type { StoredLogin } from '../../src/handover/stored-login.ts';
import { renderVerification, resultFormats, verified } from '../../src/render/verification.ts';
import { green, red, unknownOrg } from './example-report.ts';

const login = (alias: string): StoredLogin => ({
  ...{ username: `${alias}@acme.com`, alias, clientId: undefined, keyPath: undefined, instanceUrl: undefined },
  ...{ loginUrl: undefined, jwtAudience: undefined, orgId: undefined, aquilaKeyPath: undefined },
});
const acme = { name: 'acme', login: login('acme'), report: green };
const beta = { name: 'beta', login: login('beta'), report: red };
const view = {
  ...{ columns: 80, terminal: false, colour: false, concise: false, verbose: false },
  ...{ failOn: 'fail' as const, now: new Date('2026-11-22T02:23:00Z') },
};
const render = (
  orgs: Parameters<typeof renderVerification>[0],
  several: boolean,
  format: 'human' | 'junit' | 'prometheus'
) => renderVerification(orgs, { several, format }, view);

describe('renderVerification', () => {
  it('shows every finding of a single org, and a table of several', () => {
    expect(render([acme], false, 'human').split('\n')).to.include('3 passed');
    expect(render([acme, beta], true, 'human')).to.match(/\n2 orgs: 1 failed, 1 passed$/);
  });

  it('shows a table where several were asked for and one was found', () => {
    expect(render([acme], true, 'human')).to.match(/\n1 org: 1 passed$/);
  });

  it('gives the form that was asked for, with all orgs, whether one or several', () => {
    for (const several of [true, false]) {
      expect(render([acme], several, 'junit')).to.match(/^<\?xml .*<testsuite name="acme" .*<\/testsuites>$/s);
      expect(render([acme], several, 'prometheus')).to.match(/^# HELP .*aquila_verify_passed\{org="acme"\} 1\n/s);
    }
    const many = render([acme, beta, unknownOrg], true, 'prometheus');
    expect(many.match(/^aquila_verify_passed.*$/gm)).to.deep.equal([
      'aquila_verify_passed{org="acme"} 1',
      'aquila_verify_passed{org="beta"} 0',
      'aquila_verify_passed{org="acmee"} 0',
    ]);
  });

  it('ends without a line break, and has no trace of colour', () => {
    for (const format of resultFormats) {
      const text = render([acme, beta, unknownOrg], true, format);
      expect(text).to.equal(text.trimEnd());
      expect(text).not.to.include('\u001b');
    }
  });
});

describe('verified', () => {
  const problem = unchecked(unknownOrg.problem);

  it('has the orgs in the order given, with an alias where there is one', () => {
    const nameless = { ...beta, name: 'beta@acme.com', login: { ...beta.login, alias: undefined } };
    const result = verified([nameless, acme], [red, green]);
    expect(result.orgs).to.deep.equal([
      { username: 'beta@acme.com', ...red },
      { username: 'acme@acme.com', alias: 'acme', ...green },
    ]);
    expect(Object.keys(result)).to.deep.equal(['passed', 'orgs']);
    expect(result.orgs.map((org) => 'alias' in org)).to.deep.equal([false, true]);
  });

  it('an org that could not be checked has the name that was given, and fails all', () => {
    const result = verified([acme, unknownOrg], [green, problem]);
    expect(result.orgs[1]).to.deep.equal({ username: 'acmee', ...problem });
    expect(result.passed).to.equal(false);
  });

  it('passes when every org does', () => {
    expect(verified([acme], [green]).passed).to.equal(true);
    expect(verified([acme, beta], [green, red]).passed).to.equal(false);
  });
});
