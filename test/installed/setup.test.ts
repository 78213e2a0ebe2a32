import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { example, exampleOrg } from '../emulator/index.ts';
import { collect, filebeatInputs, logIn } from '../handover/collector-client.ts';
import { storeAdmin } from '../org/stored-admin.ts';
import { scene } from './scene.ts';

describe('installed: setup', () => {
  scene(
    'one command leads from an org with an admin and a user to a collector that fetches a log file; a second finds nothing to do; a new key serves both',
    async ({ org, ann }) => {
      await storeAdmin(org, example.admin, 'admin', ann.home);
      const pem = join(ann.desk, 'server.pem');
      const words = [
        'aquila setup',
        '--target-org',
        'admin',
        '--username',
        example.username,
        '--create-permission-set',
      ];
      const first = await ann.result(
        ...words,
        '--contact-email',
        'soc@acme.com',
        '--key-path',
        pem,
        '--alias',
        'aquila'
      );
      expect(first.verify.passed).to.equal(true);
      expect(first.steps.map(({ status }: { status: string }) => status))
        .to.include('done')
        .and.not.include('failed');
      expect(statSync(pem).mode & 0o777).to.equal(0o600);

      const filebeat = await ann.sf('aquila report', '--target-org', 'aquila', '--format', 'filebeat');
      const [input] = filebeatInputs(filebeat.stdout);
      const trust = { ca: org.tlsCertificate };
      const { files } = await collect(input!, input!.methods[0]!, await logIn(input!, trust), trust);
      expect(files[0]).to.match(/^"?EVENT_TYPE/);

      const second = await ann.result(...words);
      const unchanged = second.steps.every(({ status }: { status: string }) => status === 'unchanged');
      expect(unchanged, JSON.stringify(second.steps)).to.equal(true);

      const renewed = await ann.result(
        'aquila cert renew',
        '--target-org',
        'aquila',
        '--admin-org',
        'admin',
        '--rekey'
      );
      expect(renewed).to.include({ rekeyed: true, deployed: true, verified: true });
      org.org.expireTokens();
      expect(await ann.result('data query', '--target-org', 'aquila', '--query', 'SELECT Id FROM User')).to.include({
        done: true,
      });
      expect((await logIn(input!, trust)).accessToken).to.be.a('string');
    },
    {
      options: {
        apps: [],
        users: [
          ...(exampleOrg().users ?? []).filter(({ username }) => username === example.admin),
          { username: example.username, profile: 'Minimum Access', permissions: { apiEnabled: false } },
        ],
      },
    }
  );
});
