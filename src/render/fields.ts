import { printable, wrapLine } from './wrap.ts';

/** Names and values beneath each other, indented; a value that is undefined is left out with its name. */
export function fieldLines(
  rows: ReadonlyArray<readonly [name: string, value: string | undefined]>,
  columns: number
): string[] {
  const shown = rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const width = Math.max(...shown.map(([name]) => name.length), 0) + 2;
  return shown.flatMap(([name, value]) => {
    const [first = '', ...rest] = wrapLine(printable(value).replaceAll('\n', ' '), columns - width - 2);
    return [`  ${name.padEnd(width)}${first}`, ...rest.map((line) => `  ${' '.repeat(width)}${line}`)];
  });
}
