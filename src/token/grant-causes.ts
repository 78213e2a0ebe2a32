/** Names of the causes that only other grants than JWT bearer know. */
export type GrantCauseId = 'flow-off' | 'run-as-user-missing' | 'no-usable-scope' | 'app-secret';

const policies = 'Setup > External Client App Manager > the app > Policies';
const settings = 'Setup > External Client App Manager > the app > Settings > OAuth Settings';

/** Causes of docs/reference/salesforce-oauth.md §4, in the form of those of §1.4. */
export const grantCauses = {
  clientCredentialsOff: {
    id: 'flow-off',
    text: 'the app does not allow the client credentials flow',
    fix: `${settings}: "Enable Client Credentials Flow"; then ${policies} > OAuth Policies: the same, with a run-as user of few permissions`,
    sure: true,
  },
  runAsUserMissing: {
    id: 'run-as-user-missing',
    text: 'the app allows the client credentials flow, but names no user to run as',
    fix: 'sf aquila app create --target-org <admin> --name <app> --client-credentials-user RUN_AS_USERNAME',
    sure: true,
  },
  noUsableScope: {
    id: 'no-usable-scope',
    text: 'the app has no scope that this flow can grant; by one report "full" alone is not enough',
    fix: 'sf aquila app create --target-org <admin> --name <app>',
    sure: true,
  },
  appSecret: {
    id: 'app-secret',
    text: 'the secret is not that of the app with this client id, or it was rotated',
    fix: `copy it again: ${settings} > Consumer Key and Secret`,
    sure: true,
  },
} as const satisfies Record<string, { id: GrantCauseId; text: string; fix: string; sure: boolean }>;
