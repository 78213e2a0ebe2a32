import { possibly, sure, type Candidate, type ExplainRow } from './row.ts';

const inspect = 'sf aquila cert inspect --file <key>';
const newPair = 'sf aquila cert create';
const notText: Candidate = sure(
  'the file is no private key as text: a certificate, a CSR, a public key, DER, PKCS#12, OpenSSH, base64 around the key, or an empty or mangled CI variable',
  inspect
);
const encrypted: Candidate = sure(
  'the key is protected by a passphrase, which sf can not be given',
  'write it without passphrase, readable by its owner only: openssl pkey -in <key> -out server.pem'
);
const otherKind: Candidate = sure(
  'the key is of another kind than RSA, and Salesforce takes RS256 only',
  `make an RSA key, and give the app its certificate: ${newPair}`
);
const keyChecks = ['key-readable', 'key-unencrypted', 'key-rsa', 'key-first-block'];
const keystore =
  'sf aquila keystore create --key-file <key> --certificate-file <certificate> --type jks --alias ALIAS --keystore-password-file PASSWORD_FILE';

/** What programs say of a key file that they can't use (docs/reference/salesforce-oauth.md §8 and §9). */
const keyFileRows: readonly ExplainRow[] = [
  {
    id: 'key-not-asymmetric',
    rank: 'exact',
    words: ['secretorprivatekey must be an asymmetric key when using rs256'],
    meaning: 'sf could not read the private key file; one text stands for a dozen defects',
    causes: [notText, encrypted],
    checks: keyChecks,
  },
  {
    id: 'key-empty',
    rank: 'exact',
    words: ['secretorprivatekey must have a value'],
    meaning: 'the private key file is empty',
    causes: [sure('the file is empty, or the CI variable that it was written from was not set', inspect)],
    checks: ['key-readable'],
  },
  {
    id: 'key-too-short',
    rank: 'exact',
    words: ['secretorprivatekey has a minimum key size of 2048 bits for rs256'],
    meaning: 'the RSA key is too short',
    causes: [
      sure('the key has fewer than 2048 bits', `make a key of 2048 bits, and give the app its certificate: ${newPair}`),
    ],
    checks: ['key-rsa'],
  },
  {
    id: 'key-not-rsa',
    rank: 'exact',
    words: [
      '"alg" parameter for "ec" key type must be one of',
      '"alg" parameter for "rsa-pss" key type must be one of',
      'unknown key type "ed25519"',
    ],
    meaning: 'the private key is of a kind that can not sign this login',
    causes: [otherKind],
    checks: ['key-rsa'],
  },
  {
    id: 'key-undecodable',
    rank: 'exact',
    words: ['1e08010c:decoder routines::unsupported', 'decoder routines::unsupported', 'err_ossl_unsupported'],
    meaning: 'Node could not read the private key file',
    causes: [notText],
    checks: keyChecks,
  },
  {
    id: 'key-passphrase',
    rank: 'exact',
    words: ['err_ossl_crypto_interrupted_or_cancelled', 'error:07880109'],
    meaning: 'the private key is protected by a passphrase, and none was given',
    causes: [encrypted],
    checks: ['key-unencrypted'],
  },
  {
    id: 'key-encrypted-block',
    rank: 'exact',
    words: ['-----begin encrypted private key-----', 'proc-type: 4,encrypted'],
    meaning: 'the private key is protected by a passphrase; sf and the collector can not be given one',
    causes: [encrypted],
    checks: ['key-unencrypted'],
  },
  {
    id: 'key-no-start-line',
    rank: 'exact',
    words: ['pem routines:get_name:no start line', 'pem routines:pem_read_bio:no start line', 'no start line'],
    meaning: 'an older Node or OpenSSL found no key in the file',
    causes: [notText],
    checks: keyChecks,
  },
  {
    id: 'file-missing',
    rank: 'exact',
    words: ['enoent … server.key', 'enoent … server.pem', 'enoent … .key', 'enoent … .pem'],
    meaning: 'the private key file is no longer where the stored login expects it',
    causes: [
      sure(
        'sf stores the path of the key and reads it again for every new session; the file was moved or deleted, as at the end of a CI job',
        'keep the key at that path, or log in again in the same job: sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <instance-url>'
      ),
    ],
    checks: ['key-readable'],
  },
  {
    id: 'openssl-path-converted',
    rank: 'exact',
    words: ['program files/git/c=', 'program files/git/cn=', 'program files/git/o='],
    meaning: 'possibly Git Bash turned the subject of the certificate into a path before OpenSSL saw it',
    causes: [
      possibly(
        'Git Bash takes -subj "/CN=…" for a path',
        `make the certificate without OpenSSL: ${newPair} --subject "C=PH,O=Acme,CN=AQUILA"`
      ),
    ],
    checks: [],
  },
  {
    id: 'openssl-missing',
    rank: 'exact',
    words: [
      'openssl is not recognized',
      "openssl' is not recognized",
      'openssl: command not found',
      "keytool' is not recognized",
      'keytool: command not found',
    ],
    meaning: 'OpenSSL or Java is not installed, or not on the PATH; neither is needed',
    causes: [sure('the guide by hand calls these programs', `make key, certificate and keystore with: ${newPair}`)],
    checks: [],
  },
];

/** What Setup says of a file that is uploaded or imported (docs/reference/salesforce-oauth.md §7). */
const importRows: readonly ExplainRow[] = [
  {
    id: 'import-no-key',
    rank: 'exact',
    words: ["no certificate was imported because the keystore file doesn't contain a privatekey entry"],
    meaning: 'the keystore that Setup was given holds certificates only',
    causes: [sure('the key was not put into the keystore, or the file is of another type than JKS', keystore)],
    checks: [],
  },
  {
    id: 'import-not-rsa',
    rank: 'exact',
    words: ['the key is not an rsa key'],
    meaning: 'Setup imports RSA keys only',
    causes: [otherKind],
    checks: ['key-rsa'],
  },
  {
    id: 'import-not-pkcs8',
    rank: 'exact',
    words: ['the key must be in pkcs#8 format'],
    meaning: 'Setup wants the key in the keystore in another form',
    causes: [sure('the keystore holds the key in another form than PKCS#8', keystore)],
    checks: [],
  },
  {
    id: 'import-bits',
    rank: 'exact',
    words: ['imported keys must have a bit size of 2048, 3072, or 4096'],
    meaning: 'Setup does not import a key of this length',
    causes: [sure('the key has another length than 2048, 3072 or 4096 bits', `${newPair} --key-size 2048`)],
    checks: ['key-rsa'],
  },
  {
    id: 'import-mismatch',
    rank: 'exact',
    words: ['the private key does not match the certificate chain in the keystore'],
    meaning: 'key and certificate in the keystore do not belong together',
    causes: [
      sure(
        'the keystore was put together from files of two different keys',
        'see which files belong together: sf aquila cert inspect --file <key> --file <certificate>'
      ),
    ],
    checks: ['cert-matches-key'],
  },
  {
    id: 'import-passwords',
    rank: 'exact',
    words: ['whose per key password is not the same as the keystore password'],
    meaning: 'the key in the keystore has another password than the keystore',
    causes: [sure('Setup can be given one password only', keystore)],
    checks: [],
  },
];

export const keyRows: readonly ExplainRow[] = [...keyFileRows, ...importRows];
