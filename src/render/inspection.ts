import { Messages } from '@salesforce/core/messages';
import type { KeyFacts } from '../cert/key-facts.ts';
import type {
  InspectedCertificate,
  InspectedEntry,
  InspectedFile,
  InspectedKey,
  InspectedPair,
  InspectedProblem,
  Verdict,
} from '../keystore/inspection.ts';
import { fixLines, printable, wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'cert.inspect');

const width = 80;
/** Where the text of a label begins. */
const indent = 19;

/** What was found in files, for the eyes of a person: one block for each file, then the pairs. Commands alone may exceed 80 columns. */
export function renderInspection({ files, pairs }: { files: InspectedFile[]; pairs: InspectedPair[] }): string[] {
  const count = files.reduce((sum, { problems }) => sum + problems.length, 0);
  return [
    ...files.flatMap((file) => [...fileLines(file), '']),
    ...(pairs.length > 0 ? [messages.getMessage('pairs'), ...pairs.flatMap(pairLines), ''] : []),
    count === 0 ? messages.getMessage('none') : messages.getMessage('some', [count]),
  ];
}

/** A label and its text, broken under itself at spaces. */
function field(label: string, text: string): string[] {
  return wrapLine(printable(text), width - indent).map(
    (line, at) => `${`  ${at === 0 ? label : ''}`.padEnd(indent)}${line}`
  );
}

function fileLines(file: InspectedFile): string[] {
  const { kind, encoding, wrappings, problems, verdicts, key, certificate, csr, entries } = file;
  const isNamed = encoding !== 'jks' && encoding !== 'text' && encoding !== 'none';
  const form = isNamed ? [messages.getMessage(`encoding.${encoding}`)] : [];
  const what = messages.getMessage(`kind.${kind}`);
  const ways = wrappings.map((wrapping) => messages.getMessage(`wrapping.${wrapping}`)).join(', ');
  return [
    printable(file.file),
    ...field(messages.getMessage('label.is'), [what, ...form].join(', ')),
    ...(ways.length === 0 ? [] : field(messages.getMessage('label.with'), ways)),
    ...(key ? keyLines(key) : []),
    ...(certificate && !entries ? certificateLines(certificate) : []),
    ...(csr
      ? [
          ...field(messages.getMessage('label.subject'), csr.subject),
          ...field(messages.getMessage('label.signature'), csr.signatureAlgorithm),
          ...keyLines({ ...csr.publicKey, format: 'spki', encrypted: false }),
        ]
      : []),
    ...verdicts.flatMap(verdictLines),
    ...(entries ?? []).flatMap((entry, at, all) => entryLines(entry, at, all.length)),
    ...problems.flatMap(problemLines),
  ];
}

function verdictLines({ by, answer, reason }: Verdict): string[] {
  const words = [messages.getMessage(`answer.${answer}`), messages.getMessage(`verdict.${reason}`)];
  return field(messages.getMessage(`label.by.${by}`), words.join(' '));
}

function entryLines(
  { kind, alias, key, certificate, chainLength = 0 }: InspectedEntry,
  at: number,
  count: number
): string[] {
  const title =
    alias === undefined
      ? messages.getMessage('entry.of-chain', [at + 1, count])
      : messages.getMessage(`entry.${kind}`, [printable(alias), chainLength]);
  const opened = key && { ...key, encrypted: key.encrypted && key.type === undefined };
  return ['', `  ${title}`, ...(opened ? keyLines(opened) : []), ...(certificate ? certificateLines(certificate) : [])];
}

function keyLines({ format, encrypted, publicKeySha256, ...facts }: InspectedKey): string[] {
  const isKnown = facts.type !== undefined;
  const kind = isKnown ? sizeOf(facts) : messages.getMessage(encrypted ? 'key-locked' : 'key-unknown');
  const form = format === 'unknown' || format === 'spki' ? '' : formats[format];
  const lock = encrypted && isKnown ? messages.getMessage('key-protected') : '';
  return [
    ...field(messages.getMessage('label.key'), [kind, form, lock].filter((word) => word !== '').join(', ')),
    ...(publicKeySha256 === undefined ? [] : hexLines(messages.getMessage('label.public-key'), publicKeySha256)),
  ];
}

function sizeOf({ type = 'unknown', bits, curve }: Partial<KeyFacts>): string {
  const size = bits === undefined ? (curve ?? '') : `${bits} bits`;
  return `${typeNames[type] ?? type} ${size}`.trim();
}

const typeNames: Partial<Record<KeyFacts['type'], string>> = {
  rsa: 'RSA',
  'rsa-pss': 'RSA-PSS',
  ec: 'EC',
  ed25519: 'Ed25519',
};

const formats = { pkcs8: 'PKCS#8', pkcs1: 'PKCS#1', sec1: 'SEC1', openssh: 'OpenSSH' };

/** A fingerprint in two lines of sixteen bytes each; key ids take one or two. */
function hexLines(label: string, hex: string): string[] {
  const lines = hex.match(/.{1,48}/g) ?? [];
  return lines.map((line, at) => `${`  ${at === 0 ? label : ''}`.padEnd(indent)}${line}`);
}

function certificateLines(certificate: InspectedCertificate): string[] {
  const { subject, issuer, selfSigned, serialNumber, notBefore, notAfter, daysLeft } = certificate;
  const { basicConstraints, keyUsage, subjectKeyIdentifier, authorityKeyIdentifier, publicKey } = certificate;
  const dates = [notBefore.slice(0, 10), notAfter.slice(0, 10)];
  const validity =
    daysLeft < 0 ? messages.getMessage('days-ago', dates) : messages.getMessage('days-left', [...dates, daysLeft]);
  const optional = (label: string, text: string | undefined): string[] =>
    text === undefined ? [] : field(label, text);
  const ids = (label: string, hex: string | undefined): string[] => (hex === undefined ? [] : hexLines(label, hex));
  return [
    ...field(messages.getMessage('label.subject'), subject),
    ...field(messages.getMessage('label.issuer'), selfSigned ? messages.getMessage('self-signed') : issuer),
    ...field(messages.getMessage('label.serial'), serialNumber),
    ...field(messages.getMessage('label.valid'), validity),
    ...field(messages.getMessage('label.signature'), certificate.signatureAlgorithm),
    ...field(messages.getMessage('label.key'), sizeOf(publicKey)),
    ...hexLines(messages.getMessage('label.fingerprint'), certificate.fingerprint256),
    ...field(messages.getMessage('label.version'), String(certificate.version)),
    ...optional(
      messages.getMessage('label.constraints'),
      basicConstraints && messages.getMessage(basicConstraints.authority ? 'authority' : 'no-authority')
    ),
    ...optional(messages.getMessage('label.usage'), keyUsage?.join(', ')),
    ...ids(messages.getMessage('label.subject-key'), subjectKeyIdentifier),
    ...ids(messages.getMessage('label.authority-key'), authorityKeyIdentifier),
  ];
}

function problemLines({ code, message, fix }: InspectedProblem): string[] {
  const [first = '', ...rest] = wrapLine(printable(`${message} (${code})`), width - 4);
  return [
    `  ! ${first}`,
    ...rest.map((line) => `    ${line}`),
    ...fixLines(fix, width - 6).map((line) => `      ${line}`),
  ];
}

function pairLines({ key, certificate, match }: InspectedPair): string[] {
  const text = messages.getMessage(match ? 'pair.match' : 'pair.mismatch', [printable(key), printable(certificate)]);
  return wrapLine(text, width - 4).map((line, at) => `${at === 0 ? '  ' : '    '}${line}`);
}
