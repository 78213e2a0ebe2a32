import type { BrowserCauseId } from './browser-causes.ts';
import { bringUpToDate, policies, settings } from './setup-places.ts';

/** Names of the causes that only other grants than JWT bearer know. */
export type GrantCauseId =
  | 'flow-off'
  | 'run-as-user-missing'
  | 'run-as-user-not-admitted'
  | 'no-usable-scope'
  | 'app-secret'
  | 'refresh-token-ended'
  | 'refresh-token-of-another-app'
  | 'password'
  | 'external-app-without-password'
  | 'subject-token'
  | 'actor-token'
  | 'token-handler'
  | BrowserCauseId;

/** Causes of docs/reference/salesforce-oauth.md §4, in the form of those of §1.4. `sure: false` marks what is inferred. */
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
    fix: `${bringUpToDate} --client-credentials-user RUN_AS_USERNAME`,
    sure: true,
  },
  runAsUserNotAdmitted: {
    id: 'run-as-user-not-admitted',
    text: 'the app admits only users that an admin approved, and its run-as user has no profile or permission set of the app',
    fix: `${bringUpToDate} --username RUN_AS_USERNAME`,
    sure: true,
  },
  noUsableScope: {
    id: 'no-usable-scope',
    text: 'the app has no scope that this flow can grant; by one report "full" alone is not enough',
    fix: bringUpToDate,
    sure: true,
  },
  myDomainOnly: {
    id: 'wrong-host',
    text: 'this flow works only at the My Domain address of the org, never at login.salesforce.com or test.salesforce.com',
    fix: 'give the My Domain address of the org (Setup > My Domain) as --instance-url',
    sure: true,
  },
  appSecret: {
    id: 'app-secret',
    text: 'the secret is missing, is not that of the app with this client id, or was rotated',
    fix: `copy it again: ${settings} > Consumer Key and Secret; then give it with --client-secret-file`,
    sure: true,
  },
  clientAssertion: {
    id: 'key-mismatch',
    text: 'where a signed assertion stands in the place of the secret: this flow does not take one, or the key is not that of the app',
    fix: 'prove who the app is by its secret: --client-authentication client_secret_post',
    sure: false,
  },
  refreshTokenEnded: {
    id: 'refresh-token-ended',
    text: "the refresh token expired by the app's policy, was revoked, or was replaced when it was used before",
    fix: 'log in once more, which brings a new one: sf org login web --help',
    sure: true,
  },
  refreshTokenOfAnotherApp: {
    id: 'refresh-token-of-another-app',
    text: 'the refresh token was issued to another app than the one with this client id, or by another org',
    fix: 'give the client id of the app, and the address of the org, that the refresh token was issued by',
    sure: false,
  },
  password: {
    id: 'password',
    text: 'the username or the password is wrong, or the security token is missing behind the password',
    fix: 'put the security token right behind the password; a new one comes by e-mail: the user > Settings > Reset My Security Token',
    sure: true,
  },
  passwordFlowOff: {
    id: 'flow-off',
    text: 'the org blocks this flow, as all orgs do by default that were made since Summer 2023; the words are the same',
    fix: 'leave it blocked and use another grant; the switch is Setup > OAuth and OpenID Connect Settings > Allow OAuth Username-Password Flows',
    sure: true,
  },
  externalAppWithoutPassword: {
    id: 'external-app-without-password',
    text: 'the app is an external client app, and those do not have this flow',
    fix: 'use another grant, such as jwt-bearer: sf aquila token request --help',
    sure: true,
  },
  exchangeOff: {
    id: 'flow-off',
    text: 'the app does not allow the exchange of tokens, or issues no asset tokens',
    fix: `look into ${settings}`,
    sure: false,
  },
  subjectToken: {
    id: 'subject-token',
    text: 'the token to exchange has expired, was revoked, is of another kind than was said, or is not one that the org knows',
    fix: 'get a fresh one and give it with --subject-token-file',
    sure: false,
  },
  actorToken: {
    id: 'actor-token',
    text: "the actor token is no JWT that was signed with the key of the app's certificate, or has expired",
    fix: 'sign it again by RS256 with the key whose certificate the app holds',
    sure: false,
  },
  tokenHandler: {
    id: 'token-handler',
    text: 'the org has no token exchange handler of this name, or the app may not use it',
    fix: 'compare the name with Setup > Token Exchange Handlers',
    sure: false,
  },
} as const satisfies Record<
  string,
  { id: GrantCauseId | 'wrong-host' | 'key-mismatch'; text: string; fix: string; sure: boolean }
>;
