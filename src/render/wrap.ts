/**
 * Breaks a line at spaces so that it fits a width, and a longer fingerprint behind a colon; any other word that is longer stands alone. A
 * line that begins with two or more spaces, or with a label and as many, continues under its text.
 *
 * @param width columns for each line, without indentation
 */
export function wrapLine(line: string, width: number): string[] {
  const label = /^(?:\S+(?: \S+)?)?  +/.exec(line)?.[0] ?? '';
  const room = Math.max(width - label.length, 20);
  const lines: string[] = [];
  for (const word of line
    .slice(label.length)
    .split(' ')
    .flatMap((one) => shorter(one, room))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((text, at) => `${at === 0 ? label : ' '.repeat(label.length)}${text}`);
}

/** Only pairs of hexadecimal digits are broken: a URL or a command would be pasted in pieces. */
function shorter(word: string, room: number): string[] {
  if (word.length <= room || !/^(?:[0-9A-F]{2}:){3,}[0-9A-F]{2}\W*$/.test(word)) return [word];
  const lines: string[] = [];
  for (const pair of word.split(/(?<=:)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + pair.length <= room) lines[lines.length - 1] = `${last}${pair}`;
    else lines.push(pair);
  }
  return lines;
}

/**
 * What a terminal would not print but obey, and what turns the direction of text: hosts and files may put such into their words. Line
 * breaks stay.
 */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (character) => (character === '\n' ? '\n' : '\uFFFD'));

const commands = /(?:^|: )((?:sf|openssl|chmod|keytool|iconv|awk|tr|sed|install -m) .*)$/s;
const fixLabel = 'fix: ';

/** A fix as lines, step by step. A command is never broken, since it would be pasted in pieces: it stands on a line of its own. */
export function fixLines(fix: string, width: number): string[] {
  const lines = fix.split('\n').flatMap((step) => {
    const command = commands.exec(step)?.[1];
    const words = command === undefined ? step : step.slice(0, -command.length).trim();
    return [
      ...(words === '' ? [] : wrapLine(capital(words), width - fixLabel.length)),
      ...(command === undefined ? [] : [command]),
    ];
  });
  return lines.map((line, at) => `${at === 0 ? fixLabel : ' '.repeat(fixLabel.length)}${line}`);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
