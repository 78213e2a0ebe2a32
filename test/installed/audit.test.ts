import { basename, join } from 'node:path';
import { expect } from 'chai';
import { example, presets } from '../emulator/index.ts';
import { storeAdmin } from '../org/stored-admin.ts';
import { scene } from './scene.ts';

type Audit = {
  checks: Array<{ id: string; status: string }>;
  written?: { files: string[]; changes: Array<{ closes: string }> };
};

describe('installed: sf aquila audit', () => {
  scene(
    'writes the settings that close what is open, stock sf deploys them, and the checks turn green',
    async ({ org, ann }) => {
      presets['org-flows-open'](org);
      for (const app of org.org.apps) app.flows.pkceRequired = false;
      await storeAdmin(org, example.admin, 'admin', ann.home);
      const audit = ['aquila audit', '--target-org', 'admin', '--username', example.username];
      // Exit code 0: what is open without need is a warning.
      const first = (await ann.result(...audit, '--output-dir', 'org-settings')) as Audit;
      const closed = first.written?.changes.map(({ closes }) => closes) ?? [];
      expect(closed).to.include.members(['flow-web-server', 'flow-user-agent', 'flow-username-password']);
      const statuses = ({ checks }: Audit): unknown =>
        checks.filter(({ id }) => closed.includes(id)).map(({ status }) => status);
      expect(new Set(statuses(first) as string[])).to.deep.equal(new Set(['warn']));

      const folder = join(ann.desk, 'org-settings/force-app/main/default/settings');
      const named = (first.written?.files ?? []).map((file) => basename(file));
      const ours = named.filter((name) => name.endsWith('.settings-meta.xml'));
      const deploy = ['project deploy start', '--source-dir', ...ours, '--target-org', 'admin'];
      const deployed = await ann.resultIn(folder, ...deploy);
      expect(deployed).to.include({ status: 'Succeeded', numberComponentsDeployed: ours.length });

      const again = (await ann.result(...audit, '--output-dir', 'again')) as Audit;
      expect(new Set(statuses(again) as string[])).to.deep.equal(new Set(['pass']));
      expect(again.written).to.deep.equal({ files: [], changes: [] });
    }
  );
});
