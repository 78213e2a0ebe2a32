import { Messages } from '@salesforce/core/messages';
import { printable, wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'remove');

type Item = { kind: string; name: string; permissionSet?: string };
type Left = Item & { reason: string; neededBy?: string; undo?: string };

export type RemovalView = {
  org: string;
  items: readonly Item[];
  left: readonly Left[];
  /** Who else is logged in through the app; undefined where nobody can tell. */
  others: readonly string[] | undefined;
};

/** What is going to be removed and what stays, for whoever has to agree. */
export function renderRemoval({ org, items, left, others }: RemovalView, columns: number): string[] {
  const head = messages.getMessage(items.length === 0 ? 'plan.none' : 'plan.head', [org]);
  return [
    ...wrapLine(head, columns),
    ...(items.length === 0 ? [] : ['', ...items.flatMap((item) => hanging(itemText(item), columns))]),
    ...(items.some(({ kind }) => kind === 'app') ? ['', ...wrapLine(othersText(others), columns)] : []),
    ...(left.length === 0 ? [] : ['', messages.getMessage('plan.left'), ...leftLines(left, columns)]),
  ];
}

/**
 * The end of a run that had something to remove.
 *
 * @param stayed what was to go and did not
 */
export const renderRemoved = (dryRun: boolean, stayed: readonly Left[], columns: number): string[] => [
  ...wrapLine(messages.getMessage(dryRun ? 'done.dry-run' : 'done'), columns),
  ...(stayed.length === 0 ? [] : ['', messages.getMessage('done.stayed'), ...leftLines(stayed, columns)]),
];

/** What each progress bar is about. */
export const removalStageTitles = <Kind extends string>(kinds: readonly Kind[]): Map<Kind, string> =>
  new Map(kinds.map((kind) => [kind, messages.getMessage(`stage.${kind}`)]));

export const removalStageTitle = (org: string): string => messages.getMessage('stage.title', [org]);

/** Things that stay for one reason stand together, with the reason once. */
function leftLines(left: readonly Left[], columns: number): string[] {
  const groups = new Map<string, Left[]>();
  for (const item of left) {
    const key = item.undo ?? `${item.reason} ${item.neededBy ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    const reason = messages.getMessage(`left.${first.reason}`, [printable(first.neededBy ?? '')]);
    if (more.length === 0 && first.undo === undefined) return hanging(`${itemText(first)}: ${reason}`, columns);
    return [
      ...[first, ...more].flatMap((item) => hanging(itemText(item), columns)),
      ...wrapLine(reason, columns - 4).map((line) => `    ${line}`),
      // Never broken, since it would be pasted in pieces.
      ...(first.undo === undefined ? [] : [`    ${printable(first.undo)}`]),
    ];
  });
}

const hanging = (text: string, columns: number): string[] =>
  wrapLine(text, columns - 4).map((line, at) => `${at ? '    ' : '  '}${line}`);

const itemText = ({ kind, name, permissionSet = '' }: Item): string =>
  messages.getMessage(`item.${kind}`, [printable(name), printable(permissionSet)]);

function othersText(others: readonly string[] | undefined): string {
  if (others === undefined) return messages.getMessage('plan.others.unknown');
  if (others.length === 0) return messages.getMessage('plan.others.none');
  const names = others.map(printable).join(', ');
  return others.length === 1
    ? messages.getMessage('plan.others.one', [names])
    : messages.getMessage('plan.others.many', [others.length, names]);
}
