import { expect } from 'chai';
import { example } from '../emulator/index.ts';
import { storeAdmin } from '../org/stored-admin.ts';
import { scene } from './scene.ts';

const query = ['data query', '--query', 'SELECT Username FROM User', '--target-org'];

describe('installed: stock sf after sf aquila token revoke', () => {
  scene(
    'says that the session of a web login is over, sends no dead token, and logs in again under the alias',
    async ({ org, ann }) => {
      await storeAdmin(org, example.admin, 'admin', ann.home);
      expect(await ann.result('aquila token revoke', '--target-org', 'admin')).to.include({
        revoked: true,
        renewable: false,
      });
      org.calls.clear();
      const [display, queried, [listed]] = await Promise.all([
        ann.result('org display', '--target-org', 'admin'),
        ann.failure(...query, 'admin'),
        ann.result('org list auth'),
      ]);
      expect(display).to.include({
        username: example.admin,
        alias: 'admin',
        connectedStatus: 'Session expired or invalid',
      });
      expect(queried.message).to.include('Session expired or invalid');
      expect(listed).to.include({ username: example.admin });
      expect(org.calls.filter(({ headers }) => headers.authorization !== undefined)).to.deep.equal([]);
      expect(org.calls.tokenRequests()).to.deep.equal([]);

      const words = ['org login access-token', '--instance-url', org.myDomainUrl, '--alias', 'admin', '--no-prompt'];
      const again = await ann.start(words, { more: { SF_ACCESS_TOKEN: org.login(example.admin).accessToken } }).done;
      expect(again).to.include({ code: 0 });
      const owner = await ann.result('aquila token identity', '--target-org', 'admin');
      expect(owner).to.include({ username: example.admin, renewed: false });
    }
  );

  scene('renews a login by private key with the next command', async ({ org, ann, loginWords }) => {
    await ann.result(...loginWords('aquila login', ann, '--alias', 'aquila'));
    expect(await ann.result('aquila token revoke', '--target-org', 'aquila')).to.include({
      revoked: true,
      renewable: true,
    });
    org.calls.clear();
    expect((await ann.result(...query, 'aquila')).totalSize).to.be.greaterThan(0);
    expect(org.calls.tokenRequests().map(({ status }) => status)).to.deep.equal([200]);
    const [display, owner] = await Promise.all([
      ann.result('org display', '--target-org', 'aquila'),
      ann.result('aquila token identity', '--target-org', 'aquila'),
    ]);
    expect(display).to.include({ username: example.username, connectedStatus: 'Connected' });
    expect(owner).to.include({ username: example.username, renewed: false });
  });

  scene('renews a web login whose access token alone was revoked', async ({ org, ann }) => {
    await storeAdmin(org, example.admin, 'admin', ann.home);
    await ann.result('aquila token revoke', '--target-org', 'admin', '--type', 'access');
    expect((await ann.result(...query, 'admin')).totalSize).to.be.greaterThan(0);
    expect(new Set(org.calls.tokenRequests().map(({ status }) => status))).to.deep.equal(new Set([200]));
  });
});
