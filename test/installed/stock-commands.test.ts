import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { example } from '../emulator/index.ts';
import { withoutPlugin } from './plugin.ts';
import { scene } from './scene.ts';

const query = ['data query', '--query', 'SELECT Username FROM User', '--target-org', 'aquila'];

describe('installed: stock sf on a login of sf aquila', () => {
  scene('org display, org list, org list auth, data query and org logout work', async ({ ann, loginWords }) => {
    await ann.result(...loginWords('aquila login', ann, '--alias', 'aquila'));
    const [display, { nonScratchOrgs }, [auth], { records }] = await Promise.all([
      ann.result('org display', '--target-org', 'aquila'),
      ann.result('org list'),
      ann.result('org list auth'),
      ann.result(...query),
    ]);
    expect(display).to.include({ username: example.username, alias: 'aquila', connectedStatus: 'Connected' });
    expect(nonScratchOrgs).to.have.length(1);
    expect(nonScratchOrgs[0]).to.include({ username: example.username, connectedStatus: 'Connected' });
    expect(auth).to.include({ username: example.username, alias: 'aquila', oauthMethod: 'jwt' });
    expect(records.map(({ Username }: { Username: string }) => Username)).to.include(example.username);

    expect(await ann.sf('org logout', '--target-org', 'aquila', '--no-prompt')).to.include({ code: 0 });
    expect(ann.stored('.sfdx', `${example.username}.json`)).to.equal(undefined);
    expect(JSON.parse(ann.stored('.sfdx', 'alias.json')!)).to.deep.equal({ orgs: {} });
    expect(await ann.result('org list auth')).to.deep.equal([]);
  });

  scene('each command refreshes the token after it expired', async ({ org, ann, loginWords }) => {
    await ann.result(...loginWords('aquila login', ann, '--alias', 'aquila'));
    for (const words of [query, ['org display', '--target-org', 'aquila'], ['org list']]) {
      org.org.expireTokens();
      org.calls.clear();
      expect(JSON.stringify(await ann.result(...words)), words.join(' ')).to.match(
        /"connectedStatus":"Connected"|"totalSize":2/
      );
      expect(org.calls.tokenRequests().map(({ status }) => status)).to.deep.equal([200]);
    }
    expect(ann.auth()).to.include({ jwtAudience: org.myDomainUrl, privateKey: ann.keyFile });
  });

  scene('the login outlives the plugin', async ({ org, ann, loginWords }) => {
    await ann.result(...loginWords('aquila login', ann, '--alias', 'aquila'));
    org.org.expireTokens();
    const { data } = await withoutPlugin();
    const run = await ann.start(query, { data }).done;
    expect(run.code, run.stderr).to.equal(0);
    expect(run.stdout).to.contain(example.username);
  });
});

describe('installed: a login over a login of another kind', () => {
  scene('a web login becomes a JWT login and keeps its alias', async ({ org, ann, loginWords }) => {
    await ann.result(...loginWords('aquila login', ann, '--alias', 'aquila'));
    const file = join(ann.home, '.sfdx', `${example.username}.json`);
    const { privateKey, jwtAudience, ...rest } = JSON.parse(readFileSync(file, 'utf8'));
    // sf encrypts every secret with the same key, so an encrypted token serves as any other
    writeFileSync(file, JSON.stringify({ ...rest, refreshToken: rest.accessToken, clientId: 'PlatformCLI' }));
    expect((await ann.result('org list auth'))[0]).to.include({ oauthMethod: 'web' });

    await ann.result(...loginWords('aquila login', ann));
    expect(ann.auth()).to.include({ privateKey, jwtAudience, clientId: example.clientId });
    expect(ann.auth()).to.not.have.property('refreshToken');
    const [login] = await ann.result('org list auth');
    expect(login).to.include({ oauthMethod: 'jwt', alias: 'aquila' });
    org.org.expireTokens();
    expect((await ann.sf(...query)).code).to.equal(0);
  });
});
