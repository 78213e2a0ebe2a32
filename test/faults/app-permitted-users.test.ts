import { example } from '../emulator/index.ts';
import { describeAppFaults, type AppFault } from './app-setting.ts';

const everybody: AppFault = {
  spoil: (app) => void (app.permittedUsers = 'self-authorize'),
  speaks: { 'app-permitted-users': 'fail' },
  found: 'All users may self-authorize',
  wanted: 'Admin approved users are pre-authorized',
  fix: '',
  inSetup: 'Manage > Edit Policies > OAuth Policies > Permitted Users: first add the profiles and permission sets',
};

describeAppFaults('permitted users', {
  'all users may authorise themselves': everybody,
  'all users may, in an org with a permission set group': {
    ...everybody,
    spoil: (app, emulator) => {
      everybody.spoil(app, emulator);
      emulator.org.permissionSetGroups.set('SOC', [example.permissionSet]);
    },
  },
});
