import type { GrantCauseId } from './grant-causes.ts';
import type { SamlCauseId } from './saml/causes.ts';

/** Names of the causes behind a refusal: a finding of another check can rule one out by its name. */
export type CauseId =
  | 'not-pre-authorised'
  | 'not-replicated'
  | 'wrong-host'
  | 'wrong-username'
  | 'approvals-gone'
  | 'key-mismatch'
  | 'app-just-edited'
  | 'audience-mismatch'
  | 'clock'
  | 'wrong-client-id'
  | 'app-disabled'
  | 'scope-missing'
  | 'ip-restricted'
  | 'login-hours'
  | 'login-rate'
  | 'user-inactive'
  | 'org-inactive'
  | 'password-or-lock'
  | 'client-secret'
  | 'app-not-installed'
  | 'not-a-token-endpoint'
  | 'transient'
  | 'scope-sent'
  | 'maintenance'
  | 'activation'
  | 'instance-url-without-tls'
  | GrantCauseId
  | SamlCauseId;

/** What time mends: a change to an app is not known everywhere at once. */
export const mendedByTime: readonly CauseId[] = ['not-replicated', 'app-just-edited'];

/**
 * One possible cause: what is wrong, and how to mend it. Names in angle brackets are filled in by whoever knows them. `sure: false` marks
 * what one report or an inference says.
 */
export type Cause = { id: CauseId; text: string; fix: string; sure: boolean };
