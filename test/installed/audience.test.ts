import { expect } from 'chai';
import { example } from '../emulator/index.ts';
import type { Emulator } from '../emulator/index.ts';
import { withoutPlugin } from './plugin.ts';
import { scene } from './scene.ts';

const query = ['data query', '--query', 'SELECT Username FROM User', '--target-org', 'aquila'];
const custom = 'https://aud.example.com';

/** The org takes this audience and no other. */
function acceptOnly(org: Emulator, audience: string): void {
  org.switches.documentedAudiences = false;
  org.switches.additionalAudiences = [audience];
}

// With an audience of its own, stock sf tries pair after pair until the right one (docs/reference/sf-cli.md §2): the first of them goes
// to the public hosts.
const publicHosts = ['login.salesforce.com:443', 'test.salesforce.com:443'];

describe('installed: an audience that is not the host', () => {
  scene(
    'stock sf refreshes the token with the audience of the login',
    async ({ org, ann, loginWords }) => {
      acceptOnly(org, custom);
      const login = await ann.result(...loginWords('aquila login', ann, '--audience', custom, '--alias', 'aquila'));
      expect(login).to.include({ jwtAudience: custom, loginUrl: org.myDomainUrl });
      expect(org.calls.tokenRequests().map(({ claims, status }) => [claims?.['aud'], status])).to.deep.equal([
        [custom, 200],
      ]);
      for (const words of [query, ['org display', '--target-org', 'aquila'], ['org list']]) {
        org.org.expireTokens();
        org.calls.clear();
        expect(JSON.stringify(await ann.result(...words)), words.join(' ')).to.match(
          /"connectedStatus":"Connected"|"totalSize":2/
        );
        const granted = org.calls.tokenRequests().filter(({ status }) => status === 200);
        expect(granted.map(({ claims }) => claims?.['aud'])).to.deep.equal([custom]);
      }
    },
    { refused: ['aud.example.com:443', ...publicHosts] }
  );

  scene(
    'the default org is refreshed with its audience too',
    async ({ org, ann, loginWords }) => {
      acceptOnly(org, custom);
      await ann.result(...loginWords('aquila login', ann, '--audience', custom, '--alias', 'aquila', '--set-default'));
      org.org.expireTokens();
      const run = await ann.sf('data query', '--query', 'SELECT Username FROM User');
      expect(run.code, run.stderr).to.equal(0);
      expect(run.stdout).to.contain(example.username);
    },
    { refused: ['aud.example.com:443', ...publicHosts] }
  );

  scene(
    'without the plugin the same login can not be refreshed',
    async ({ org, ann, loginWords }) => {
      acceptOnly(org, custom);
      await ann.result(...loginWords('aquila login', ann, '--audience', custom, '--alias', 'aquila'));
      const { data } = await withoutPlugin();
      expect((await ann.start(query, { data }).done).code).to.equal(0);
      org.org.expireTokens();
      const run = await ann.start(query, { data }).done;
      expect(run.code).to.equal(1);
      expect(run.stderr).to.contain('Unable to refresh session').and.to.contain('audience is invalid');
    },
    { refused: publicHosts }
  );

  scene(
    'the login host as audience of a login at My Domain survives a refresh',
    async ({ org, ann, loginWords }) => {
      org.org.app(example.clientId)!.kind = 'connected-app';
      org.switches.connectedAppMyDomainAudience = 'refuse';
      const words = loginWords('aquila login', ann, '--audience', org.loginUrl, '--alias', 'aquila');
      expect(await ann.result(...words)).to.include({ jwtAudience: org.loginUrl, loginUrl: org.myDomainUrl });
      org.org.expireTokens();
      expect((await ann.sf(...query)).stdout).to.contain(example.username);
    },
    { refused: publicHosts }
  );
});
