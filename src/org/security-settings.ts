import { retrieveMetadata } from './metadata.ts';
import type { Answer, OrgSession } from './session.ts';

/** The values of `SecuritySettings.sessionSettings.sessionTimeout`, in minutes. */
const minutesOf: Readonly<Record<string, number>> = {
  FifteenMinutes: 15,
  ThirtyMinutes: 30,
  SixtyMinutes: 60,
  NinetyMinutes: 90,
  TwoHours: 120,
  FourHours: 240,
  EightHours: 480,
  TwelveHours: 720,
  TwentyFourHours: 1440,
};

/**
 * Minutes after which the org ends a session, as far as nothing else says so (docs/reference/external-client-apps.md §11). Undefined where
 * the settings do not hold a value that is known.
 */
export async function readSessionTimeout(session: OrgSession): Promise<Answer<number | undefined>> {
  const answer = await retrieveMetadata(session, [{ type: 'Settings', fullName: 'Security' }]);
  if ('refused' in answer) return answer;
  const [, timeout = ''] = /<sessionTimeout>(\w+)<\/sessionTimeout>/.exec(answer.value[0]?.xml ?? '') ?? [];
  return { value: Object.hasOwn(minutesOf, timeout) ? minutesOf[timeout] : undefined };
}
