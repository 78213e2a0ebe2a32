/** Stands where a secret stood. */
const gone = '[redacted]';

/** Where a person's files lie on this machine. */
export type Machine = {
  /** The home folder, absolute. */
  home: string;
  /** The name under which the person is logged in. */
  user: string;
};

const keyBlock =
  /-{4,5} ?BEGIN [A-Z0-9 .#]{0,40}PRIVATE KEY[A-Z ]{0,20}-{4,5}[\s\S]*?(?:-{4,5} ?END [A-Z0-9 .#]{0,40}PRIVATE KEY[A-Z ]{0,20}-{4,5}|$)/gi;

const names = {
  /** Their values may have blanks in them. */
  ofPhrases: 'pass(?:word|phrase|wd)|pwd|storepass|keypass',
  ofWords:
    '(?:access|refresh|id|csrf|session|subject|actor|security|auth|bearer)[_-]?token|token|(?:client|consumer)[_-]?secret|secret|' +
    '(?:client[_-]?)?assertion|saml[_-]?response|session[_-]?id|sid|code[_-]?verifier|(?:device|user)[_-]?code|authorization|signature',
} as const;

const quotedText = String.raw`"(?:[^"\\]|\\.)*"?|'[^'\n]*'?`;

/**
 * What is always a secret, in the order in which it is looked for: the whole before its parts. The forms of Salesforce's tokens are those
 * of docs/reference/salesforce-oauth.md §6.
 */
const secrets: ReadonlyArray<readonly [RegExp, string]> = [
  [keyBlock, gone],
  // the body of a key without its first line
  [/MII[A-Za-z0-9+/]{40,}(?:\s+[A-Za-z0-9+/=]{16,76})*=*/g, gone],
  // what sf prints for `org display --verbose`: client id, client secret and refresh token in one
  [/\bforce:\/\/[^\s"'<>]+/gi, gone],
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#@"'<>]+@/gi, `$1${gone}@`],
  [new RegExp(`(<(?:\\w+:)?(?:${names.ofPhrases}|${names.ofWords})>)[^<]*`, 'gi'), `$1${gone}`],
  [/00D\w{12,15}(?:!|%21|&#33;)[^\s"'<>]*/g, gone],
  [/eyJ[\w-]{8,}(?:\.[\w-]*)*/g, gone],
  [/5Aep[\w.]{10,}/g, gone],
  [/aPrx[\w.]{10,}(?:=|%3D)*/g, gone],
  [/([?&]code=)[^&\s"'<>]+/gi, `$1${gone}`],
  [new RegExp(`((?:${names.ofPhrases})\\\\?["']?\\s*[:=]\\s*)(?:${quotedText}|[^\\n]+)`, 'gi'), `$1${gone}`],
  [
    new RegExp(
      `((?<![a-z])(?:["']?(?:${names.ofWords})\\\\?["']?\\s*[:=]\\s*)+)(?:${quotedText}|\\\\"[^"]*"?|(?:(?:Bearer|Basic|OAuth) +)?[^\\s&;,<>"']+)`,
      'gi'
    ),
    `$1${gone}`,
  ],
  [/\b(Bearer|Basic|OAuth) +(?=\S*(?:\d|[a-z][A-Z]|=))[^\s"'<>]{12,}/gi, `$1 ${gone}`],
  // client secrets of old are 19 digits
  [/(?<!\w)\d{17,}(?!\w)/g, gone],
];

/** The client id, which is none, though it looks like a secret. */
const clientId = String.raw`(?<![\w.])3MVG9[\w.]{20,}`;

/** What no word is: a line of base64, or forty letters and digits together. No path begins as such a line may. */
const longRun = String.raw`(?<!\S)[A-Za-z0-9+][A-Za-z0-9+/]{59,}={0,2}(?!\S)|[A-Za-z0-9]{40,}`;

/**
 * A text without what could be a token, a key, a passphrase or a client secret. It strikes too much rather than too little: nothing that
 * this plugin prints has a secret in it, but what an org or a proxy answered may.
 *
 * @param known values that are no secrets and stay, such as the client id
 */
export function redact(text: string, known: readonly string[] = []): string {
  const struck = secrets.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
  const kept = [clientId, ...known.filter((value) => value !== '').map(verbatim)].join('|');
  return struck.replace(new RegExp(`(${kept})|${longRun}`, 'g'), (match, keep?: string) =>
    keep === undefined ? gone : match
  );
}

/**
 * A text whose paths don't say who works at this machine: the home folder becomes `~`, other people's are left without their names. URLs
 * stay, and so do paths below /etc, /opt and /srv, where a folder may be called as the user is.
 */
export function withoutHome(text: string, { home, user }: Machine): string {
  const folders = home.split(/[\\/]+/).filter((folder) => folder !== '');
  const isWindows = /^[a-z]:|\\/i.test(home);
  const patterns = [
    String.raw`(?<url>\bhttps?:\/\/[^\s"'<>]+)`,
    ...(folders.some((folder) => !folder.endsWith(':')) ? [`(?<own>${ownFolder(folders)})`] : []),
    String.raw`(?<parent>[\\/](?:home|Users|Documents and Settings)[\\/]+)(?:${nameBeforeBackslash}|${plainName})`,
    ...(user === '' ? [] : [String.raw`(?<before>[\\/~](?<!${systemFolder}))${verbatim(user)}(?=[\\/\s"'\x60,;:)]|$)`]),
  ];
  return text.replace(new RegExp(patterns.join('|'), isWindows ? 'giu' : 'gu'), (match: string, ...rest: unknown[]) => {
    const { url, own, parent, before } = rest.at(-1) as Record<string, string | undefined>;
    if (url !== undefined) return match;
    return own === undefined ? `${parent ?? before ?? ''}[user]` : '~';
  });
}

const nameBeforeBackslash = String.raw`(?<=\\)[^\\/\r\n"'<>|:*?]{1,64}(?=\\)`;
const plainName = String.raw`[^\\/\s"'<>|:*?,;)]+`;
const startOfPath = String.raw`(?<![\p{L}\p{N}_.~-])`;
const systemFolder = String.raw`${startOfPath}\/(?:etc|opt|srv)\/`;

/** A folder however its slashes are written, as JSON doubles them; not one whose name only begins alike. */
function ownFolder(folders: readonly string[]): string {
  const slash = String.raw`[\\/]+`;
  const begin = folders[0]?.endsWith(':') ? '' : slash;
  return String.raw`${startOfPath}${begin}${folders.map(verbatim).join(slash)}(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}_])`;
}

/** A text as a regular expression for just this text. */
const verbatim = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
