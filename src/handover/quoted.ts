/** A text in single quotes, as every POSIX shell takes it verbatim. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
