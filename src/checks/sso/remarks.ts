import type { OrgCertificate } from '../../app/sign-on.ts';
import { labelled } from '../app/detail.ts';
import { fail, pass, unknown, warn, type Verdict, type VerdictData } from '../define.ts';
import { flowDetail, type Seen } from '../flow/evidence.ts';

/** What is wrong with one of several things that a check looks at, and what mends it. */
export type Remark = { status: 'fail' | 'warn' | 'unknown'; text: string; fix: string };

/** What a check saw, whatever the verdict: in one line, by which settings, where they are in Setup, and what else there is to know. */
export type Evidence = { found: string; seen: Seen; place: string; notes: readonly string[]; data: VerdictData };

/** One verdict for all: the worst, with every remark behind what was found, and every fix once. */
export function verdictOf(remarks: readonly Remark[], { found, seen, place, notes, data }: Evidence): Verdict {
  const texts = remarks.map(({ text }) => text);
  const whole = flowDetail([found, ...texts].join(`\n${labelled('', '')}`), seen, place, ...notes);
  const more = { data: { ...whole.data, found, ...data, remarks: texts } };
  const worst = (['fail', 'unknown', 'warn'] as const).find((status) => remarks.some((one) => one.status === status));
  if (worst === undefined) return pass(whole.detail, more);
  const fix = [...new Set(remarks.map((one) => one.fix))].join('\n');
  return { fail, unknown, warn }[worst](whole.detail, { ...more, fix });
}

/** A setting that the org does not show: where to look for it. */
export const notShown = (place: string): Remark => ({
  status: 'unknown',
  text: 'the org does not show whether it is on',
  fix: `look in Setup > ${place}`,
});

/** How long something lasts, as words, and as a remark where it has ended or ends within the days that were asked for. */
export type Lasting = { words: string; remark?: Remark };

export type Clock = { now: Date; warnDays: number };

const day = 86_400_000;
const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

/** `what` reads before its end: `certificate SAML_Signing`. */
export function lasting(
  what: string,
  ends: Date,
  { now, warnDays }: Clock,
  { ended, fix }: { ended: string; fix: string }
): Lasting {
  const left = Math.floor((ends.getTime() - now.getTime()) / day);
  const date = ends.toISOString().slice(0, 10);
  if (ends <= now) {
    const ago = Math.floor((now.getTime() - ends.getTime()) / day);
    const words = `${what} ended on ${date}, ${ago === 0 ? 'today' : `${days(ago)} ago`}`;
    return { words, remark: { status: 'fail', text: `${words}; ${ended}`, fix } };
  }
  const words = `${what} ends on ${date}, in ${days(left)}`;
  if (left >= warnDays) return { words };
  return { words, remark: { status: 'warn', text: `${words}; fewer than ${warnDays} days are a warning`, fix } };
}

/** The same for a certificate of the org, which may not be seen, and may wait for its authority. */
export function orgCertificate(
  what: string,
  find: (one: OrgCertificate) => boolean,
  certificates: readonly OrgCertificate[] | undefined,
  clock: Clock,
  said: { ended: string; fix: string }
): Lasting {
  const found = certificates?.find(find);
  if (found?.ends !== undefined) return lasting(`${what} ${found.name}`, new Date(found.ends), clock, said);
  if (found) {
    const words = `${what} ${found.name} waits for what its authority signs`;
    return { words, remark: { status: 'fail', text: words, fix: said.fix } };
  }
  const words = `${what}: the org does not show until when it lasts`;
  const fix =
    'give the user of <admin> the permission "View Setup and Configuration", or look in Setup > Certificate and Key Management';
  return { words, remark: { status: 'unknown', text: words, fix } };
}
