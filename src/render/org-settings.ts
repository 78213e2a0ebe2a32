import { Messages } from '@salesforce/core/messages';
import { shellWord } from '../cert/shell.ts';
import { wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'audit');

/** One element that is written, from what to what, what it closes and what it ends. */
type Change = { setting: string; from: string | null; to: string; closes: string; ends: string };

/** The settings that were written for review, what they close, and how they get into the org. */
export function renderOrgSettings(
  { files, changes }: { files: readonly string[]; changes: readonly Change[] },
  folder: string,
  targetOrg: string | undefined,
  columns: number
): string[] {
  if (files.length === 0) return ['', ...wrapLine(messages.getMessage('written.none'), columns)];
  return [
    '',
    ...wrapLine(messages.getMessage('written'), columns),
    '',
    ...files.map((file) => `  ${file}`),
    '',
    ...changes.flatMap(({ setting, from, to, closes, ends }) => [
      `  ${setting}`,
      `    ${messages.getMessage('change', [from ?? '?', to, closes])}`,
      ...wrapLine(messages.getMessage('ends', [ends]), columns - 4).map((line) => `    ${line}`),
    ]),
    '',
    messages.getMessage('next'),
    `  cd ${shellWord(folder)}`,
    `  sf project deploy start --source-dir . --target-org ${shellWord(targetOrg ?? 'ADMIN')}`,
  ];
}
