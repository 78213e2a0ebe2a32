import { mendInSetup } from '../app/mend.ts';
import { setupPlace } from '../app/setup-place.ts';
import { blocked, defineCheck } from '../define.ts';
import { othersThan } from './namable-users.ts';
import { judgeOpenings, when } from './openings.ts';

const place = {
  'external-client-app': 'Policies > App Policies',
  'connected-app': 'Manage > Manage Profiles, Manage Permission Sets',
};
const same = 'The certificate that opens JWT bearer opens this flow too; neither can be closed without the other.';
const keep = 'keep one permission set alone, which only the integration user has';

export default defineCheck({
  id: 'flow-saml-bearer',
  title: "assertions with the app's key can name one user alone",
  why: "Whoever has the app's private key logs in as any user whom the app is pre-authorised for.",
  fix: `Setup > External Client App Manager > <app> > Policies > App Policies: ${keep}`,
  needs: ['namableUsers', 'appOauth', 'appPolicy', 'preauthorisation', 'app', 'sought'],
  reads: 'namableUsers',
  judge: ({ namableUsers, appOauth, appPolicy, preauthorisation, app, sought }) => {
    const isOpen = appOauth.certificate !== undefined && appPolicy.permittedUsers === 'admin-approved';
    if (!isOpen) return blocked('flow-jwt-bearer');
    const others = othersThan(namableUsers, sought.username);
    const through = preauthorisation.grantees.map(({ kind, name }) => `${kind.replaceAll('-', ' ')} ${name}`);
    return judgeOpenings(when(others !== undefined, others ?? '', mendInSetup(app, place, keep)), {
      closed: namableUsers.usernames.length === 0 ? 'nobody can be named' : `${namableUsers.usernames.join()} alone`,
      seen: { users: namableUsers.usernames.length, 'pre-authorised': through.join(', ') || 'nobody' },
      place: setupPlace(app, place),
      notes: [same],
    });
  },
});
