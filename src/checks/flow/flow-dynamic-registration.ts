import { defineCheck } from '../define.ts';
import { seenInOrg } from './evidence.ts';
import { judgeOpenings, when } from './openings.ts';

const place = 'App Manager > the app > View > Initial Access Token for Dynamic Client Registration';
const fix = [
  `look in Setup > ${place}`,
  'a token that no gateway uses: generate a new one, which ends the one before, and keep it nowhere',
  'no token, or one that a gateway uses: the warning can stay. API Access Control, which Salesforce Support switches on, keeps out what nobody has approved',
].join('\n');

export default defineCheck({
  id: 'flow-dynamic-registration',
  title: 'no client can register itself with the org',
  why: 'Whoever has the initial access token of one connected app makes further apps that the org then knows.',
  fix,
  needs: ['registration', 'orgOauth'],
  reads: 'registration',
  judge: ({ registration: { endpoint, apps }, orgOauth }) => {
    const isGuarded = orgOauth.adminApprovedAppsOnly === true;
    const isOpen = endpoint !== null && apps.length > 0 && !isGuarded;
    const shown = apps.slice(0, 5).join(', ') + (apps.length > 5 ? ' …' : '');
    const closed =
      endpoint === null
        ? 'the org names no place for it'
        : apps.length === 0
          ? 'no connected app of this org could hold an initial access token'
          : 'only apps that an administrator has approved reach the API';
    return judgeOpenings(when(isOpen, `open to whoever has an initial access token of ${shown}`, fix), {
      closed,
      seen: {
        registration_endpoint: endpoint === undefined ? null : (endpoint ?? 'none'),
        'connected apps': apps.length,
        ...seenInOrg(orgOauth, 'adminApprovedAppsOnly'),
      },
      place,
      notes: ['No API shows whether an app has such a token. AQUILA needs none.'],
    });
  },
});
