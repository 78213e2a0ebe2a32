import { roomOf, rooms, type AnyCheck } from '../checks/define.ts';
import { roomNames } from './checks.ts';
import { wrapLine } from './wrap.ts';

/** What a check is about, for whoever wants to choose among them. */
export type ListedCheck = { id: string; title: string; why: string };
export type CheckList = { checks: ListedCheck[] };

export const listChecks = (registry: readonly AnyCheck[]): CheckList => ({
  checks: registry.map(({ id, title, why }) => ({ id, title, why })),
});

/** The checks with their ids, which `--only` and `--skip` take; the rooms' names there stand in brackets. */
export function renderCheckList({ checks }: CheckList, columns: number): string {
  // One column for all, as wide as the longest id.
  const width = 2 + Math.max(...checks.map(({ id }) => id.length));
  return rooms
    .flatMap((room) => {
      const inRoom = checks.filter(({ id }) => roomOf(id) === room);
      if (inRoom.length === 0) return [];
      const lines = inRoom.flatMap(({ id, title, why }) => [
        ...wrapLine(`${id.padEnd(width)}${title}`, columns - 2).map((line) => `  ${line}`),
        ...wrapLine(why, columns - 2 - width).map((line) => `${' '.repeat(2 + width)}${line}`),
      ]);
      return [[`${roomNames[room]} [${room}]`, ...lines].join('\n')];
    })
    .join('\n\n');
}
