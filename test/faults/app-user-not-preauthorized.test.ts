import { example } from '../emulator/index.ts';
import { describeAppFaults, type AppFault } from './app-setting.ts';

const speaks = { 'user-preauthorized': 'fail' } as const;
const wanted = 'a profile or permission set of the app that the user has';
const place = 'Manage > Manage Profiles, or Manage > Manage Permission Sets';
const approvedByNone = 'integration@acme.com: approved by none; the app has';

const lacks: AppFault = {
  spoil: (_app, { org }) => Object.assign(org.user(example.username)!, { permissionSets: [] }),
  speaks,
  found: `${approvedByNone} permission set AQUILA, profile System Administrator`,
  wanted,
  fix: ' --username integration@acme.com --permission-set AQUILA',
  inSetup: `${place}: assign the permission set AQUILA to the user`,
};

describeAppFaults('pre-authorisation of the user', {
  'neither profile nor permission set is selected': {
    spoil: (app) => Object.assign(app, { profiles: [], permissionSets: [] }),
    speaks,
    found: `${approvedByNone} no profile and no permission set`,
    wanted,
    fix: ' --username integration@acme.com --permission-set PERMISSION_SET',
    inSetup: `${place}: add a permission set that the user has`,
    leaves: { profiles: [] },
  },
  'only the profile of others is selected': {
    spoil: (app) => void (app.permissionSets = []),
    speaks,
    found: `${approvedByNone} profile System Administrator`,
    wanted,
    fix: ' --username integration@acme.com --permission-set PERMISSION_SET',
    inSetup: `${place}: add a permission set that the user has`,
  },
  'the user lacks the permission set': lacks,
  'the user lacks the permission set and the group that holds it': {
    ...lacks,
    spoil: (app, emulator) => {
      lacks.spoil(app, emulator);
      emulator.org.permissionSetGroups.set('SOC', [example.permissionSet]);
    },
    found: `${approvedByNone} permission set AQUILA, permission set group SOC, profile System Administrator`,
  },
});
