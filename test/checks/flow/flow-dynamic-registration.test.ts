import check from '../../../src/checks/flow/flow-dynamic-registration.ts';
import { describeCheck } from '../describe-check.ts';
import { orgOauth } from '../flow-facts.ts';

const place = 'https://acme.my.salesforce.com/services/oauth2/register';
type Given = { endpoint?: string | null; guarded?: boolean };
const given = (apps: string[], { endpoint = place, guarded = false }: Given = {}) => ({
  registration: { endpoint, apps },
  orgOauth: orgOauth({ adminApprovedAppsOnly: guarded }),
});

describeCheck(check, [
  {
    fact: 'passes where no app could hold an initial access token',
    given: given([]),
    status: 'pass',
    detail: 'no connected app of this org could hold an initial access token',
  },
  {
    fact: 'passes where the org names no place to register',
    given: given(['Legacy'], { endpoint: null }),
    status: 'pass',
    detail: 'registration_endpoint is none',
  },
  {
    fact: 'passes where only approved apps reach the API',
    given: given(['Legacy'], { guarded: true }),
    status: 'pass',
    detail: 'ConnectedApp.enableAdminApprovedAppsOnly is true',
  },
  {
    fact: 'warns of the apps that could hold one, and says that nothing shows it',
    given: given(['Legacy', 'Gateway']),
    status: 'warn',
    detail: /^found {6}open to whoever has an initial access token of Legacy, Gateway\n[^]*No API shows whether/,
    data: { registration_endpoint: place, 'connected apps': 2 },
    fix: 'look in Setup > App Manager > the app > View > Initial Access Token',
  },
  {
    fact: 'says when the warning can stay',
    given: given(['Legacy']),
    status: 'warn',
    fix: 'no token, or one that a gateway uses: the warning can stay',
  },
  {
    fact: 'warns of five at the most',
    given: given(['A', 'B', 'C', 'D', 'E', 'F']),
    status: 'warn',
    detail: 'A, B, C, D, E …',
  },
  {
    fact: 'warns where the org shows no discovery document',
    given: { ...given(['Legacy']), registration: { endpoint: undefined, apps: ['Legacy'] } },
    status: 'warn',
    detail: 'registration_endpoint is not shown',
  },
]);
