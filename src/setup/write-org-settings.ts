import { join, resolve } from 'node:path';
import { closingOf, closingText, type Closing, type OrgSettings } from '../app/org-settings.ts';
import { sourcePath } from '../app/source.ts';
import { textOf } from '../app/words.ts';
import { writeSettings } from '../app/xml.ts';
import type { CheckId } from '../checks/define.ts';
import type { Finding } from '../checks/run.ts';
import { aquilaError } from '../errors.ts';
import { publishFiles, takenNames, type NewFile } from '../files/publish.ts';
import { sourceTree } from './source-tree.ts';

/** One element that a written file changes in the org once it is deployed. */
export type SettingsChange = {
  /** Such as `OauthOidc.blockOAuthUnPwFlow`. */
  setting: string;
  from: string | null;
  to: string;
  /** The check whose finding it closes, with others where that has several reasons. */
  closes: CheckId;
  /** What deploying would end, as far as the org shows who uses it. */
  ends: string;
};

export type WrittenSettings = { files: string[]; changes: SettingsChange[] };

/**
 * Writes the settings of the org that would close what findings call open, as a source tree, all files or none, and asks no org. Each file
 * holds the settings as they were retrieved, with what closes a flow: that deploying settings leaves alone what their file leaves out is not
 * documented, and of other metadata it is not so (docs/reference/external-client-apps.md §2). Where nothing is open that they could close,
 * nothing is written.
 *
 * @throws OrgSettingsExist, and what `publishFiles` throws
 */
export async function writeOrgSettings(
  outputDir: string,
  settings: OrgSettings,
  findings: readonly Finding[]
): Promise<WrittenSettings> {
  const closings = findings.flatMap(closingsIn);
  if (closings.length === 0) return { files: [], changes: [] };
  const directory = resolve(outputDir);
  const { below, files: ofProject } = sourceTree(directory);
  const members = [...new Set(closings.map(({ closing }) => closing.member))];
  const files: NewFile[] = [
    ...members.map((member): NewFile => {
      const changed = closings.filter(({ closing }) => closing.member === member);
      const elements = Object.fromEntries(changed.map(({ closing: { element, to } }) => [element, to]));
      const bytes = writeSettings(member, { ...settings[member], ...elements });
      return { name: `${below}${sourcePath('Settings', member)}`, bytes, mode: 0o644 };
    }),
    ...ofProject,
  ];
  const names = files.map(({ name }) => name);
  const taken = takenNames(directory, names, { force: true });
  if (taken.length > 0) throw aquilaError('OrgSettingsExist', [directory, taken.join(', ')], []);
  await publishFiles(directory, files, { force: false });
  const changes = closings.map(({ closing, check, ends }) => ({
    setting: closingText(closing).replace(/=.*/, ''),
    from: textOf(settings[closing.member], closing.element) ?? null,
    to: closing.to,
    closes: check,
    ends,
  }));
  return { files: names.map((name) => join(directory, name)), changes };
}

function closingsIn({ id, status, data }: Finding): Array<{ closing: Closing; check: CheckId; ends: string }> {
  const texts = status !== 'pass' && Array.isArray(data?.['closedBy']) ? data['closedBy'] : [];
  return texts.flatMap((text) => {
    const closing = closingOf(text);
    return closing ? [{ closing, check: id, ends: String(data?.['ends'] ?? '') }] : [];
  });
}
