import { Messages } from '@salesforce/core/messages';
import { SfError } from '@salesforce/core/sfError';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);

/** Exit codes of errors: 1 it failed or was refused, 2 the input can't be used, 130 a question was declined or Ctrl-C. */
type ExitCode = 1 | 2 | 130;

/**
 * Every error that the plugin throws on purpose, with its exit code. The union is closed: text and actions of each code stand in
 * messages/errors.md, and a test walks both. What a diagnosis is about is a finding (see checks/), not an error.
 */
export const errorCodes = {
  // what was asked on the command line
  QuestionDeclined: 130,

  // addresses and names
  UrlInvalid: 2,
  UrlNotHttps: 2,
  UrlHasCredentials: 2,
  UrlIsLightning: 2,
  UrlIsSetup: 2,
  UsernameInvalid: 2,
  InstanceUrlMissing: 2,

  // the network
  HostNotFound: 1,
  ConnectionRefused: 1,
  ConnectionLost: 1,
  RequestTimedOut: 1,
  TlsUntrusted: 1,
  TlsFailed: 1,
  RedirectRefused: 1,
  ProxyFailed: 1,
  AnswerTooLong: 1,

  // the login and what is stored of it
  LoginRefused: 1,
  LoginForAnotherUser: 1,
  LoginNotStored: 1,
  LoginUnknown: 2,
  LoginMissing: 2,
  LoginNotJwt: 2,

  // the hand-over
  HandoverIncomplete: 1,

  // the checks
  CheckUnknown: 2,
  CertificateNotBesideKey: 2,
  IdentityRefused: 1,

  // a private key file that can't be used
  KeyFileMissing: 2,
  KeyFileEmpty: 2,
  KeyFileEncrypted: 2,
  KeyFileEncryptedPkcs1: 2,
  KeyFileIsCertificate: 2,
  KeyFileIsCsr: 2,
  KeyFileIsPublicKey: 2,
  KeyFileIsEc: 2,
  KeyFileIsEd25519: 2,
  KeyFileIsRsaPss: 2,
  KeyFileOfOtherKind: 2,
  KeyFileTooShort: 2,
  KeyFileIsDer: 2,
  KeyFileIsPkcs12: 2,
  KeyFileIsJks: 2,
  KeyFileIsOpenSsh: 2,
  KeyFileUtf16: 2,
  KeyFileQuoted: 2,
  KeyFileLiteralNewlines: 2,
  KeyFileLineEnds: 2,
  KeyFileIndented: 2,
  KeyFileOneLine: 2,
  KeyFileBase64: 2,
  KeyFileWithoutMarkers: 2,
  KeyFileLayout: 2,
  KeyFileTruncated: 2,
  KeyFileDamaged: 2,
  KeyFileMasked: 2,
  KeyFileIsHtml: 2,
  KeyFileIsOtherPem: 2,
  KeyFileUnrecognised: 2,
  KeyFileIterationsTooMany: 2,
  KeyFileKeyNotFirst: 2,
  KeyFileByteOrderMark: 2,
  KeyFilePemUnusual: 2,
  KeyFileOfSeveral: 2,

  // a certificate file that can't be used
  CertificateFileMissing: 2,
  CertificateFileEmpty: 2,
  CertificateFileWrapped: 2,
  CertificateFileIsPrivateKey: 2,
  CertificateFileIsCsr: 2,
  CertificateFileIsPublicKey: 2,
  CertificateFileIsPkcs12: 2,
  CertificateFileIsPkcs7: 2,
  CertificateFileIsJks: 2,
  CertificateFileDamaged: 2,
  CertificateFileUnrecognised: 2,

  // certificates from a certification authority
  CertificateBundleEmpty: 2,
  CertificateBundleDamaged: 2,
  KeyNotNamed: 2,
  CertificateRequestDamaged: 2,
  CertificateNotOfKey: 2,
  CertificateOfOtherKey: 2,
  CertificateExpired: 2,
  CertificateSelfSignedExpired: 2,
  CertificateNotYetValid: 2,
  CertificateSignatureUnsupported: 2,
  CertificatePemTooLarge: 2,
  CertificateDerTooLarge: 2,
  IssuerExpired: 2,
  IssuerNotYetValid: 2,
  IssuerDidNotSign: 2,
  IssuerNotAuthority: 2,
  CertificateOverwriteRefused: 1,
  CertificateTargetIsKey: 1,

  // a keystore that can't be used, or not by everybody
  KeystoreEmpty: 2,
  KeystoreUnrecognised: 2,
  KeystoreIsText: 2,
  KeystoreIsJceks: 2,
  KeystoreIsJks: 2,
  KeystoreIsPkcs12: 2,
  KeystoreVersionUnknown: 2,
  KeystoreTruncated: 2,
  KeystoreTrailingBytes: 2,
  KeystoreDamaged: 2,
  KeystoreChecksumWrong: 2,
  KeystorePasswordMissing: 2,
  KeystorePasswordWrong: 2,
  KeystoreKeyPasswordDiffers: 2,
  KeystoreOfTwoPasswords: 2,
  KeystoreWithoutMac: 2,
  KeystoreIterationsTooMany: 2,
  KeystoreEncryptionUnknown: 2,
  KeystoreKeyDamaged: 2,
  KeystoreKeyNotPkcs8: 2,
  KeystoreKeyBits: 2,
  KeystoreKeyMismatch: 2,
  KeystoreKeyWithoutCertificate: 2,
  KeystoreCertificateDamaged: 2,
  KeystoreAliasUpperCase: 2,
  KeystoreAliasRepeated: 2,
  KeystoreAliasUnknown: 2,
  KeystoreWithoutKey: 2,
  KeystoreSeveralKeys: 2,

  // what a new keystore is to hold
  KeystoreAliasIsNumber: 2,
  KeystoreAliasInvalid: 2,
  KeystoreAliasTooLong: 2,
  KeystoreAliasTaken: 2,
  KeystorePasswordNotAscii: 2,
  KeystorePasswordTooShort: 2,
  KeystoreChainMissing: 2,
  KeystorePasswordNotReusable: 2,
  KeystoreCertificateNotNamed: 2,
  KeystoreOverwriteRefused: 1,
  KeystorePairMismatch: 2,

  // what a new certificate is to say
  SubjectEmpty: 2,
  SubjectRewritten: 2,
  SubjectMalformed: 2,
  SubjectKeyUnknown: 2,
  SubjectKeyRepeated: 2,
  SubjectValueEmpty: 2,
  SubjectValueTooLong: 2,
  SubjectCountryInvalid: 2,
  SubjectEmailInvalid: 2,
  SubjectCharacterInvalid: 2,
  CertificateTooLarge: 1,
  CertificateBroken: 1,

  // passphrases
  PassphraseMissing: 2,
  PassphrasesDiffer: 2,
  PassphraseWrong: 2,
  StandardInputTwice: 2,
  PassphraseNotText: 2,
  PassphraseOfSeveralLines: 2,
  PassphraseTooShort: 2,
  PassphraseTooLong: 2,
  StandardInputTakenTwice: 2,

  // the disk
  FileMissing: 2,
  FileUnreadable: 2,
  FileIsFolder: 2,
  FileTooLarge: 2,
  FileNameInvalid: 2,
  FolderIsFile: 2,
  FileIsLink: 1,
  FolderUnwritable: 1,
  FolderBusy: 1,
  DiskFull: 1,
  FileFailed: 1,
  OverwriteRefused: 1,
  OutputFileExists: 1,
} as const satisfies Record<string, ExitCode>;

export type ErrorCode = keyof typeof errorCodes;

/** What fills the `%s` of a message, in order. Values of secrets never belong here. */
export type Tokens = ReadonlyArray<string | number>;

/** An error as data: pure rooms return or throw it, and a finding can quote it without throwing. */
export type Problem<Code extends ErrorCode = ErrorCode> = {
  code: Code;
  message: string;
  /** What to do, one sentence or whole command each; never empty. */
  actions: string[];
};

let loaded: Messages<string> | undefined;
const texts = (): Messages<string> => (loaded ??= Messages.loadMessages('sf-plugin-aquila', 'errors'));

/**
 * The text of an error code.
 *
 * @param code one of `errorCodes`
 * @param tokens values for the placeholders of the message
 * @param actionTokens values for the placeholders of its actions; the message's when left out
 */
export function problem<Code extends ErrorCode>(code: Code, tokens: Tokens = [], actionTokens = tokens): Problem<Code> {
  return {
    code,
    message: texts().getMessage(code, [...tokens]),
    actions: texts().getMessages(`${code}.actions`, [...actionTokens]),
  };
}

/** A problem as an error that `sf` prints with its code, actions and exit code. `data` must hold no secret: `--json` prints it. */
export function toError(
  { code, message, actions }: Problem,
  data?: Record<string, string | number | boolean | string[]>
): SfError {
  const error = new SfError(message, code, actions, errorCodes[code]);
  if (data) error.setData(data);
  return error;
}

/** Shorthand for `toError(problem(…))`. */
export function aquilaError(code: ErrorCode, tokens: Tokens = [], actionTokens = tokens): SfError {
  return toError(problem(code, tokens, actionTokens));
}

/** The problem inside an error of ours. Any other error is a bug and is thrown on. */
export function problemOf(error: unknown): Problem {
  if (error instanceof SfError && isErrorCode(error.name)) {
    return { code: error.name, message: error.message, actions: error.actions ?? [] };
  }
  throw error;
}

const isErrorCode = (name: string): name is ErrorCode => Object.hasOwn(errorCodes, name);
