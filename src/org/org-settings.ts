import { settingsMembers, type OrgSettings } from '../app/org-settings.ts';
import { readSettings } from '../app/xml.ts';
import { retrieveMetadata } from './metadata.ts';
import type { Answer, OrgSession } from './session.ts';

/** The settings of the org that speak of OAuth, by one retrieval. A member that the org does not have is left out. */
export async function readOrgSettings(session: OrgSession): Promise<Answer<OrgSettings>> {
  const names = settingsMembers.map((fullName) => ({ type: 'Settings', fullName }));
  const answer = await retrieveMetadata(session, names);
  if ('refused' in answer) return answer;
  const settings: OrgSettings = {};
  for (const member of settingsMembers) {
    const found = answer.value.find(({ fullName }) => fullName === member);
    if (found) settings[member] = await readSettings(member, found.xml);
  }
  return { value: settings };
}
