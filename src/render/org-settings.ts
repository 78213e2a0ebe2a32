import { Messages } from '@salesforce/core/messages';
import { shellWord } from '../cert/shell.ts';
import { wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'audit');

/** One element that is written, from what to what, what it closes and what it ends. */
type Change = { setting: string; from: string | null; to: string; closes: string; ends: string };

/**
 * The settings that were written for review, what they close, and how they get into the org: these files alone, since the folder may be a
 * project with more in it.
 */
export function renderOrgSettings(
  { files, changes }: { files: readonly string[]; changes: readonly Change[] },
  isRead: boolean,
  targetOrg: string,
  columns: number
): string[] {
  if (files.length === 0)
    return ['', ...wrapLine(messages.getMessage(isRead ? 'written.none' : 'written.unread'), columns)];
  const settings = files.filter((file) => file.endsWith('.settings-meta.xml'));
  const names = settings.map((file) => file.replace(/^.*[\\/]/, ''));
  return [
    '',
    ...wrapLine(messages.getMessage('written'), columns),
    '',
    ...files.map((file) => `  ${file}`),
    '',
    ...changes.flatMap(({ setting, from, to, closes, ends }, at) => [
      `  ${setting}`,
      `    ${messages.getMessage('change', [from ?? '?', to, closes])}`,
      // Said once for settings that one check closes together.
      ...(changes[at + 1]?.closes === closes && changes[at + 1]?.ends === ends
        ? []
        : wrapLine(messages.getMessage('ends', [ends]), columns - 4).map((line) => `    ${line}`)),
    ]),
    '',
    messages.getMessage('next'),
    `  cd ${shellWord((settings[0] ?? '').replace(/[\\/][^\\/]*$/, ''))}`,
    `  sf project deploy start --source-dir ${names.map(shellWord).join(' ')} --target-org ${shellWord(targetOrg)}`,
  ];
}
