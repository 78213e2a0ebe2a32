import { closingText, orgSettings, type Closing, type OrgOauth, type OrgSetting } from '../../app/org-settings.ts';
import { labelled } from '../app/detail.ts';
import type { VerdictData } from '../define.ts';

/** Settings that were looked at: where each stands, in words of the metadata, and its value; null where the org does not show it. */
export type Seen = Readonly<Record<string, string | number | boolean | null>>;

/** Where Setup has the switches of the org. */
export const orgPlace = 'OAuth and OpenID Connect Settings';

/** Writes the settings that close what the org leaves open, and deploys them once they have been looked at. */
export const closeInOrg = [
  'sf aquila audit --target-org <admin> --name <app> --output-dir org-settings',
  'look at the files, then deploy these alone, by the command that it prints',
].join('\n');

/** One setting of the org as evidence. */
export const seenInOrg = (oauth: OrgOauth, ...settings: Array<keyof OrgOauth>): Seen =>
  Object.fromEntries(settings.map((setting) => [nameOf(orgSettings[setting]), oauth[setting] ?? null]));

/** What closes a flow in the org, and what ends with it, so that `--output-dir` can write the one and tell the other. */
export const closedBy = (setting: keyof OrgOauth, to: boolean, ends: string): VerdictData =>
  closedByAll([{ ...orgSettings[setting], to: to ? 'true' : 'false' }], ends);

/** The same for other settings of the org, and several of them. */
export const closedByAll = (closings: readonly Closing[], ends: string): VerdictData => ({
  closedBy: closings.map(closingText),
  ends,
});

const nameOf = ({ member, element }: OrgSetting): string => `${member}.${element}`;

/** What is said of a flow whatever the verdict: what was found, by which settings, where they are in Setup, and what else there is to know. */
export function flowDetail(
  found: string,
  seen: Seen,
  place: string,
  ...notes: readonly string[]
): { detail: string; data: VerdictData } {
  const settings = Object.entries(seen).map(
    ([name, value]) => `${name} is ${value === null ? 'not shown' : String(value)}`
  );
  const lines = [
    labelled('found', found),
    ...settings.map((setting, at) => labelled(at === 0 ? 'by' : '', setting)),
    labelled('in Setup', place),
  ];
  return { detail: [...lines, ...notes].join('\n'), data: { found, ...seen } };
}
