import { expect } from 'chai';
import type { VerdictStatus } from '../../src/checks/define.ts';
import { example } from '../emulator/index.ts';
import type { Permissions } from '../emulator/state.ts';
import { describeScene, kinds, type Kind } from './app-scene.ts';
import { skipped, speaking } from './app-setting.ts';

type Missing = {
  lacks: ReadonlyArray<keyof Permissions>;
  kind: Kind;
  /** The words of Setup for what would show it. */
  names: string;
  speaks: Record<string, VerdictStatus>;
  /** Who is skipped, by whom. */
  hidden: Record<string, string[]>;
};

const appPermissions = ['externalClientAppDeveloper', 'externalClientAppAdmin', 'externalClientAppViewer'] as const;
const everything = [
  ...['app-kind', 'app-enabled', 'app-contact-email', 'app-callback-url', 'app-scopes', 'app-jwt-bearer'],
  ...['app-certificate', 'app-client-credentials', 'app-permitted-users', 'app-refresh-token', 'app-session-timeout'],
  'user-preauthorized',
];
const ofMetadata = [
  ...['app-callback-url', 'app-certificate', 'app-client-credentials', 'app-refresh-token'],
  'app-session-timeout',
];

const rows: Missing[] = [
  {
    lacks: appPermissions,
    kind: 'external-client-app',
    names: 'View all External Client Apps',
    speaks: { 'app-found': 'unknown' },
    hidden: { 'app-found': everything },
  },
  {
    lacks: ['modifyMetadata'],
    kind: 'external-client-app',
    names: 'Modify Metadata Through Metadata API Functions',
    speaks: { 'app-jwt-bearer': 'unknown' },
    hidden: { 'app-jwt-bearer': ofMetadata },
  },
  {
    lacks: ['modifyMetadata'],
    kind: 'connected-app',
    names: 'Modify Metadata Through Metadata API Functions',
    speaks: { 'app-enabled': 'unknown', 'app-scopes': 'unknown', 'app-jwt-bearer': 'unknown' },
    hidden: { 'app-jwt-bearer': ofMetadata },
  },
  {
    lacks: ['viewSetup'],
    kind: 'external-client-app',
    names: 'View Setup and Configuration',
    speaks: { 'user-preauthorized': 'unknown' },
    hidden: {},
  },
  {
    lacks: ['viewSetup'],
    kind: 'connected-app',
    names: 'View Setup and Configuration',
    speaks: { 'app-found': 'unknown' },
    hidden: { 'app-found': everything },
  },
  ...kinds.map((kind) => ({
    lacks: ['apiEnabled'] as const,
    kind,
    names: 'API Enabled',
    speaks: { 'app-found': 'unknown' as const },
    hidden: { 'app-found': everything },
  })),
];

describeScene('an admin without a permission', (scene) => {
  for (const { lacks, kind, names, speaks, hidden } of rows) {
    const what = kind.replaceAll('-', ' ');
    it(`${lacks.join(', ')}: ${what} is unknown where "${names}" would show it`, async () => {
      scene().reset(kind);
      for (const permission of lacks) scene().emulator.org.user(example.admin)!.permissions[permission] = false;
      const { checks, exitCode } = await scene().check();
      expect(speaking(checks, kind)).to.deep.equal(speaks);
      expect(exitCode).to.equal(1);
      for (const { status, detail, fix } of checks.filter(({ id }) => id in speaks)) {
        expect([status, detail]).to.deep.equal(['unknown', `this can be read only with the permission "${names}"`]);
        expect(fix).to.include(`"${names}"`);
      }
      for (const id of Object.keys(speaks)) expect(skipped(checks, id)).to.deep.equal(hidden[id] ?? []);
    });
  }

  for (const [lacks, names] of [
    [appPermissions, 'View all External Client Apps'],
    [[...appPermissions, 'viewSetup'], 'View all External Client Apps'],
    [['modifyMetadata'], 'Modify Metadata Through Metadata API Functions'],
  ] as const) {
    it(`${lacks.join(', ')}: whether the app of a client id is there is unknown without "${names}"`, async () => {
      scene().reset('external-client-app');
      for (const permission of lacks) scene().emulator.org.user(example.admin)!.permissions[permission] = false;
      const { checks, exitCode } = await scene().check({
        flags: ['--target-org', 'admin', '--client-id', example.clientId],
      });
      expect([speaking(checks, 'external-client-app'), exitCode]).to.deep.equal([{ 'app-found': 'unknown' }, 1]);
      expect(checks[0]?.detail).to.equal(`this can be read only with the permission "${names}"`);
    });
  }

  for (const permission of [...appPermissions, 'assignPermissionSets'] as const) {
    it(`${permission} alone hides nothing`, async () => {
      scene().reset('external-client-app');
      scene().emulator.org.user(example.admin)!.permissions[permission] = false;
      const { checks, exitCode } = await scene().check();
      expect([speaking(checks, 'external-client-app'), exitCode]).to.deep.equal([{}, 0]);
    });
  }
});
