import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { example, presets } from '../emulator/index.ts';
import type { App, Emulator } from '../emulator/index.ts';
import { issueRefreshToken } from '../emulator/tokens.ts';
import { scene } from './scene.ts';
import type { Person } from './scene.ts';

const theApp = ({ org }: Emulator): App => org.app(example.clientId)!;
const request = (org: Emulator, grant: string): string[] => [
  ...['aquila token request', '--grant', grant, '--instance-url', org.myDomainUrl, '--client-id', example.clientId],
];

/** Files with secrets, which are there for as long as a command needs them: afterwards nothing may hold them. */
async function withFiles<Result>(
  { desk }: Person,
  secrets: Record<string, string>,
  work: (paths: string[]) => Promise<Result>
): Promise<Result> {
  const paths = Object.keys(secrets).map((name) => join(desk, name));
  for (const path of paths) writeFileSync(path, secrets[path.slice(desk.length + 1)] ?? '', { mode: 0o600 });
  try {
    return await work(paths);
  } finally {
    for (const path of paths) rmSync(path);
  }
}

const query = ['data query', '--query', 'SELECT Username FROM User', '--target-org', 'robot'];

describe('installed: a token that is kept', () => {
  scene(
    'is renewed by stock sf with refresh token and secret, and when the org replaces the refresh token',
    async (stage) => {
      const { org, ann, secrets } = stage;
      const app = theApp(org);
      app.flows.secretRequiredForRefresh = true;
      app.flows.refreshTokenRotation = true;
      const held = issueRefreshToken({ org: org.org } as never, org.org.user(example.username)!, app);
      secrets.push({ what: 'client secret', value: app.clientSecret });
      const saved = await withFiles(
        ann,
        { refresh: held.value, secret: app.clientSecret },
        ([refresh = '', secret = '']) =>
          ann.result(
            ...request(org, 'refresh-token'),
            ...['--refresh-token-file', refresh, '--client-secret-file', secret, '--save', '--alias', 'robot']
          )
      );
      expect(saved.saved).to.deep.equal({ username: example.username, alias: 'robot', renewedBy: 'refresh-token' });
      for (const words of [query, ['org display', '--target-org', 'robot'], query]) {
        org.org.expireTokens();
        org.calls.clear();
        expect(JSON.stringify(await ann.result(...words)), words.join(' ')).to.match(
          /"connectedStatus":"Connected"|"totalSize":2/
        );
        const [renewal] = org.calls.tokenRequests();
        expect(renewal?.status).to.equal(200);
        expect(new URLSearchParams(renewal?.body).get('client_secret')).to.equal(app.clientSecret);
      }
      expect(await ann.result('org list auth')).to.have.nested.property('[0].oauthMethod', 'web');
    }
  );

  scene('is used by stock sf as an access token alone', async ({ org, ann, secrets }) => {
    presets['all-flows-on'](org);
    const { clientSecret } = theApp(org);
    secrets.push({ what: 'client secret', value: clientSecret });
    await withFiles(ann, { secret: clientSecret }, ([secret = '']) =>
      ann.result(...request(org, 'client-credentials'), '--client-secret-file', secret, '--save', '--alias', 'robot')
    );
    org.calls.clear();
    expect(await ann.result(...query)).to.have.property('totalSize', 2);
    expect(await ann.result('org display', '--target-org', 'robot')).to.include({
      username: example.username,
      connectedStatus: 'Connected',
    });
    expect(org.calls.tokenRequests()).to.have.length(0);
  });

  scene('is renewed by stock sf with the key', async ({ org, ann }) => {
    await ann.result(
      ...request(org, 'jwt-bearer'),
      ...['--username', example.username, '--jwt-key-file', ann.keyFile, '--save', '--alias', 'robot']
    );
    org.org.expireTokens();
    expect(await ann.result(...query)).to.have.property('totalSize', 2);
    expect(await ann.result('org list auth')).to.have.nested.property('[0].oauthMethod', 'jwt');
  });
});
