import { Messages } from '@salesforce/core/messages';
import { printable, wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'remove');

type Item = { kind: string; name: string };

export type RemovalView = {
  org: string;
  items: readonly Item[];
  left: ReadonlyArray<Item & { reason: string }>;
  /** Who else is logged in through the app; undefined where nobody can tell. */
  others: readonly string[] | undefined;
};

/** What is going to be removed and what stays, for whoever has to agree. */
export function renderRemoval({ org, items, left, others }: RemovalView, columns: number): string[] {
  const entry = (text: string): string[] =>
    wrapLine(text, columns - 4).map((line, at) => `${at ? '    ' : '  '}${line}`);
  const head = messages.getMessage(items.length === 0 ? 'plan.none' : 'plan.head', [org]);
  return [
    ...wrapLine(head, columns),
    ...(items.length === 0 ? [] : ['', ...items.flatMap((item) => entry(itemText(item)))]),
    ...(items.some(({ kind }) => kind === 'app') ? ['', ...wrapLine(othersText(others), columns)] : []),
    ...(left.length === 0 ? [] : ['', messages.getMessage('plan.left')]),
    ...left.flatMap((item) => entry(`${itemText(item)}: ${reasonText(item.reason)}`)),
  ];
}

/** The last line of a run that had something to remove. */
export const renderRemoved = (dryRun: boolean): string => messages.getMessage(dryRun ? 'done.dry-run' : 'done');

const itemText = ({ kind, name }: Item): string => messages.getMessage(`item.${kind}`, [printable(name)]);

const reasonText = (reason: string): string => messages.getMessage(`left.${reason}`);

function othersText(others: readonly string[] | undefined): string {
  if (others === undefined) return messages.getMessage('plan.others.unknown');
  if (others.length === 0) return messages.getMessage('plan.others.none');
  const names = others.map(printable).join(', ');
  return others.length === 1
    ? messages.getMessage('plan.others.one', [names])
    : messages.getMessage('plan.others.many', [others.length, names]);
}
