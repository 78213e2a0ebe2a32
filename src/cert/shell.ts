/**
 * A file name as a word of a command line that POSIX shells, PowerShell and cmd read alike where that is possible: plain,
 * else in double quotes, else (with `$`, a backtick, `"` or `!` in it) in single quotes as POSIX shells have them.
 */
export function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word) && !word.startsWith('-')) return word;
  return /["$`!]/.test(word) ? `'${word.replaceAll("'", String.raw`'\''`)}'` : `"${word}"`;
}

/** `first < file | second | … | last` */
export function pipeline(file: string, filters: string[], last: string): string {
  const [first, ...others] = filters;
  return first === undefined ? last : [`${first} < ${shellWord(file)}`, ...others, last].join(' | ');
}

/** The file's name with another ending: `keys/server.key` and `.p12` give `keys/server.p12`. */
export function siblingName(file: string, ending: string): string {
  return `${file.replace(/\.[^./\\]*$/, '')}${ending}`;
}
