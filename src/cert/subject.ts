import { aquilaError, problemOf } from '../errors.ts';

/** The attributes that a subject may have, in the order in which they are asked for. */
export const subjectKeys = ['C', 'ST', 'L', 'O', 'OU', 'CN', 'emailAddress'] as const;

export type SubjectKey = (typeof subjectKeys)[number];

/** One attribute of a distinguished name; the value is plain text, without escapes. */
export type SubjectAttribute = { key: SubjectKey; value: string };

/** A distinguished name in the order in which it is encoded, as `openssl req -subj` takes it. */
export type Subject = SubjectAttribute[];

/** Upper bounds in characters: RFC 5280 appendix A.1, with 255 for an e-mail address as in PKCS#9. */
export const subjectLimits: Record<SubjectKey, number> = {
  C: 2,
  ST: 128,
  L: 128,
  O: 64,
  OU: 64,
  CN: 64,
  emailAddress: 255,
};

/** The types of the attributes: RFC 5280 appendix A.1, and PKCS#9 (RFC 2985) for the e-mail address. */
export const subjectOids: Record<SubjectKey, string> = {
  C: '2.5.4.6',
  ST: '2.5.4.8',
  L: '2.5.4.7',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  emailAddress: '1.2.840.113549.1.9.1',
};

/** What a certificate is named when its maker names nothing. */
export const defaultSubject: Subject = [{ key: 'CN', value: 'AQUILA' }];

/**
 * Reads `C=PH,O=Acme,CN=AQUILA` or OpenSSL's `/C=PH/O=Acme/CN=AQUILA`. A backslash makes the next character plain, or
 * stands before two hexadecimal digits of UTF-8 (RFC 4514 §2.4). Keys are read in any case.
 *
 * @throws SubjectEmpty, SubjectRewritten, SubjectMalformed, SubjectKeyUnknown, SubjectKeyRepeated, or what
 *   `checkAttribute` throws
 */
export function parseSubject(text: string): Subject {
  const written = text.trimStart();
  if (/^[a-z]:[\\/]/i.test(written)) throw aquilaError('SubjectRewritten', [written]);
  const isSlashed = written.startsWith('/');
  const parts = isSlashed ? splitUnescaped(written.slice(1), '/') : splitUnescaped(written, ',');
  if (parts.every((part) => part.trim() === '')) throw aquilaError('SubjectEmpty');
  if (isSlashed && parts.at(-1)?.trim() === '') parts.pop();
  const subject = parts.map(parseAttribute);
  const keys = subject.map(({ key }) => key).filter((key) => key !== 'OU');
  const repeated = keys.find((key, index) => keys.indexOf(key) < index);
  if (repeated) throw aquilaError('SubjectKeyRepeated', [repeated]);
  return subject;
}

/**
 * Whether a certificate has this subject.
 *
 * @param text as `CertificateFacts` has it
 */
export function isSubject(text: string, subject: Subject): boolean {
  try {
    return JSON.stringify(parseSubject(text)) === JSON.stringify(subject);
  } catch (error) {
    problemOf(error);
    return false;
  }
}

/** Splits at each separator that no backslash precedes; escapes stay. */
function splitUnescaped(text: string, separator: string): string[] {
  const parts = [''];
  for (const [token] of text.matchAll(/\\[\s\S]|[\s\S]/g)) {
    if (token === separator) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${token}`);
  }
  return parts;
}

function parseAttribute(part: string): SubjectAttribute {
  const equals = part.indexOf('=');
  if (equals < 1) throw aquilaError('SubjectMalformed', [part.trim()]);
  const name = part.slice(0, equals).trim();
  const key = subjectKeys.find((known) => known.toLowerCase() === name.toLowerCase());
  if (!key) throw aquilaError('SubjectKeyUnknown', [name, subjectKeys.join(', ')]);
  return checkAttribute({ key, value: parseValue(part.slice(equals + 1), part) });
}

/** A value without its escapes and without the blanks around it, unless those are escaped. */
function parseValue(raw: string, part: string): string {
  const tokens = [...raw.matchAll(/\\([0-9A-Fa-f]{2})|\\([^])|([^])/gu)];
  const isBlank = (token?: RegExpExecArray): boolean => token?.[3]?.trim() === '';
  while (isBlank(tokens.at(-1))) tokens.pop();
  while (isBlank(tokens[0])) tokens.shift();
  if (tokens.some(([, , , plain]) => plain && '+"\\'.includes(plain)))
    throw aquilaError('SubjectMalformed', [part.trim()]);
  const utf8 = tokens.map(([, hex, escaped, plain]) =>
    hex ? Buffer.from(hex, 'hex') : Buffer.from(escaped ?? plain ?? '')
  );
  return Buffer.concat(utf8).toString('utf8');
}

/**
 * The attribute, its country code in upper case.
 *
 * @throws SubjectValueEmpty, SubjectValueTooLong, SubjectCountryInvalid, SubjectEmailInvalid, SubjectCharacterInvalid
 */
export function checkAttribute({ key, value }: SubjectAttribute): SubjectAttribute {
  if (value.trim() === '') throw aquilaError('SubjectValueEmpty', [key]);
  const length = [...value].length;
  if (/[\p{Cc}\p{Cs}\p{Bidi_Control}\uFFFD]/u.test(value)) throw aquilaError('SubjectCharacterInvalid', [key]);
  if (key === 'C' && !/^[A-Za-z]{2}$/.test(value)) throw aquilaError('SubjectCountryInvalid', [value]);
  if (length > subjectLimits[key]) throw aquilaError('SubjectValueTooLong', [key, length, subjectLimits[key]]);
  if (key === 'emailAddress' && !/^[!-~]+$/.test(value)) throw aquilaError('SubjectEmailInvalid', [value]);
  return { key, value: key === 'C' ? value.toUpperCase() : value };
}
