import type { Cause, CauseId } from '../../token/cause.ts';
import type { AppWitness } from '../facts.ts';

/** What other facts say about a refused login. */
export type Evidence = {
  /** Whether the host named the org of the stored login; undefined where it named none. */
  orgMatches: boolean | undefined;
  /** Seconds by which this machine's clock is ahead of the host's. */
  clockSkew: number | undefined;
  /** Seconds of difference that prove nothing. */
  clockTolerance: number;
  /** True where the login is stored for another host than its audience, which the collector can't do. */
  hostIsNotAudience: boolean;
  /** What an administrator's session shows of app and user. */
  witness?: AppWitness | undefined;
};

/** A cause that another fact excludes, in the words of the line `ruled out`. */
export type RuledOut = { id: CauseId; text: string };

type Rule = (evidence: Evidence) => string | undefined;

const sameOrg =
  (text: string): Rule =>
  ({ orgMatches }) =>
    orgMatches === true ? text : undefined;

const shown =
  (isFine: (witness: AppWitness) => boolean | undefined, text: string): Rule =>
  ({ witness }) =>
    witness && isFine(witness) ? text : undefined;

/**
 * What excludes which cause. A certificate beside the key excludes nothing: it does not prove which one the app holds. Nor does an earlier
 * login exclude a user, an app or an approval that was there then.
 */
const rules: Partial<Record<CauseId, Rule>> = {
  'wrong-host': sameOrg("wrong host (it names this login's org)"),
  'not-a-token-endpoint': sameOrg("not a token endpoint (the host names this login's org)"),
  'approvals-gone': sameOrg('a refreshed sandbox (that would have another org id)'),
  clock: ({ clockSkew, clockTolerance }) =>
    clockSkew !== undefined && Math.abs(clockSkew) <= clockTolerance
      ? `wrong clock (${Math.abs(clockSkew)} s from the host's)`
      : undefined,
  'not-pre-authorised': shown((one) => one.adminApproved && one.preauthorised, 'missing approval (the user has it)'),
  'app-disabled': shown(({ enabled }) => enabled, 'disabled app (it is enabled)'),
  'scope-missing': shown(({ refreshScope }) => refreshScope, 'missing scope (the app has it)'),
  'key-mismatch': shown(({ holdsOurs }) => holdsOurs, 'wrong key (the app holds this certificate)'),
  'wrong-client-id': shown(({ found }) => found, 'wrong client id (an app of the org has it)'),
  'wrong-username': shown(({ userKnown }) => userKnown, 'wrong username (a user of the org has it)'),
  'user-inactive': shown(({ userActive }) => userActive, 'inactive user (the user is active)'),
};

const differentUrls: readonly CauseId[] = ['wrong-host', 'audience-mismatch'];

/** Splits the causes of a refusal into those that are left, likeliest first, and those that the evidence excludes. */
export function weighCauses(
  causes: readonly Cause[],
  evidence: Evidence
): { left: readonly Cause[]; ruledOut: readonly RuledOut[] } {
  const excluded = ({ id }: Cause): string | undefined => rules[id]?.(evidence);
  const left = causes.filter((cause) => excluded(cause) === undefined);
  // Where the two URLs differ, that difference is the first thing to look at.
  const first = evidence.hostIsNotAudience ? left.filter(({ id }) => differentUrls.includes(id)) : [];
  return {
    left: [...first, ...left.filter((cause) => !first.includes(cause))],
    ruledOut: causes.flatMap((cause) => {
      const text = excluded(cause);
      return text === undefined ? [] : [{ id: cause.id, text }];
    }),
  };
}
