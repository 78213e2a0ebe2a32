import { causes } from '../causes.ts';
import { possibly, sure, type Candidate, type ExplainRow } from './row.ts';

const login =
  'sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <instance-url>';
const oneRequest =
  'log in with the one pair of host and audience that counts, and read the reason: sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <instance-url>';
const plainKeychain: Candidate = sure(
  'the keychain of this machine does not work, as in most containers and CI jobs',
  `set SF_USE_GENERIC_UNIX_KEYCHAIN=true for every command of sf, then log in again: ${login}`
);

/** What sf says of a login by JWT (docs/reference/salesforce-oauth.md §3 and §9). */
const loginRows: readonly ExplainRow[] = [
  {
    id: 'sf-jwt-envelope',
    rank: 'envelope',
    words: ['we encountered a json web token error', 'error authenticating with jwt', 'jwtgranterror', 'jwtautherror'],
    meaning:
      'the login of sf failed. It tries up to seven pairs of host and audience, drops the error codes of Salesforce, and lists what each pair said',
    causes: [],
    fix: oneRequest,
    checks: ['login-accepted'],
  },
  {
    id: 'sf-refresh',
    rank: 'wide',
    words: ['unable to refresh session due to'],
    meaning: 'the stored session ended, and sf could not log in again; what follows these words says why',
    causes: [
      possibly(
        'the login was made with an audience of its own, which sf does not remember: it needs SF_AUDIENCE_URL in the environment again, or the plugin sf-plugin-aquila',
        `store the login with its audience: ${login} --audience <audience>`
      ),
    ],
    checks: ['login-accepted', 'key-readable'],
  },
  {
    id: 'sf-lightning',
    rank: 'exact',
    words: ['it should not be a lightning domain', 'lightningdomain'],
    meaning: 'the address was copied from the browser: Lightning pages serve no tokens',
    causes: [
      sure(
        'a lightning.force.com address was given as the instance URL',
        'use the My Domain address of the org (Setup > My Domain), which ends in my.salesforce.com'
      ),
    ],
    checks: ['host-url'],
  },
  {
    id: 'sf-destination',
    rank: 'exact',
    words: ['destination url not reset'],
    meaning: 'the stored address of the org is not the one that the org answers at',
    causes: [possibly('the name of the org could not be resolved at the login, so another address was stored', login)],
    checks: ['login-instance-url', 'host-url'],
  },
  {
    id: 'sf-insecure',
    rank: 'exact',
    words: ['using insecure protocol'],
    meaning: 'an address begins with http://, so whoever listens can read the token',
    causes: [sure('the instance URL was given with http://', `give it with https://: ${login}`)],
    checks: ['host-url'],
  },
  {
    id: 'sf-overwrite',
    rank: 'exact',
    words: ['authinfooverwriteerror'],
    meaning: 'sf has a login of this user already and was asked to make a new one over it',
    causes: [
      sure('a login of the same username is stored', `this keeps the old one until the new one works: ${login}`),
    ],
    checks: [],
  },
  {
    id: 'sf-keychain',
    rank: 'exact',
    words: [
      'failed to decipher auth data',
      'autherror: failed to decipher',
      'authdecrypterror',
      'setcontentsfromobject',
      'cannot autolaunch d-bus without x11',
      'secret-tool … epipe',
      'epipe … secret-tool',
    ],
    meaning: 'sf could not read or write the secret that its stored logins are encrypted with',
    causes: [plainKeychain, sure('the file key.json was lost or comes from another machine', `log in again: ${login}`)],
    checks: [],
  },
  {
    id: 'sf-keychain-mode',
    rank: 'exact',
    words: ['generickeychaininvalidpermserror'],
    meaning: 'others may read the file key.json, which encrypts the stored logins',
    causes: [sure('the mode of the file is wider than 0600', 'run: chmod 600 ~/.sfdx/key.json')],
    checks: [],
  },
  {
    id: 'sf-broken-file',
    rank: 'exact',
    words: ['unexpected end of json input'],
    meaning: 'a file that sf keeps its logins or aliases in is cut off, or an answer was',
    causes: [
      sure(
        'a file under ~/.sfdx was only half written, as by a full disk or two jobs at once',
        `move the empty or broken .json file out of ~/.sfdx, then log in again: ${login}`
      ),
    ],
    checks: [],
  },
  {
    id: 'sf-answer',
    rank: 'exact',
    words: ['unexpectedvaluetypeerror', 'value is not a string'],
    meaning:
      'the answer to the login lacks the identity or the instance URL, so it does not come from Salesforce as it is',
    causes: [causes.notTokenEndpoint],
    checks: ['host-url', 'login-accepted'],
  },
];

/** What sf, its plugins and Node say beside logins (docs/reference/sf-cli.md §1, §5 and §9). */
const toolRows: readonly ExplainRow[] = [
  {
    id: 'sf-old-node',
    rank: 'exact',
    words: ['structuredclone is not defined', "cannot read properties of undefined (reading 'bind')"],
    meaning: 'the Node that runs sf is too old',
    causes: [sure('Node is older than 22', 'install Node 22.19 or later, or the sf installer that brings its own')],
    checks: [],
  },
  {
    id: 'sf-scratch-org',
    rank: 'exact',
    words: ['c-1016'],
    meaning: 'a scratch org can not be made from this login: an external client app is not copied into scratch orgs',
    causes: [
      sure(
        'the Dev Hub is logged in through an external client app',
        'set SF_SCRATCH_SIGNUP_CONNECTED_APP=PlatformCLI (and SF_SCRATCH_SIGNUP_CALLBACK_URL), with sf 2.147.7 or later; AQUILA itself needs no scratch org'
      ),
    ],
    checks: ['app-kind'],
  },
  {
    id: 'sf-plugin-unsigned',
    rank: 'exact',
    words: ["isn't signed by salesforce", 'installationcancelederror'],
    meaning: 'sf asks whether to trust a plugin; nobody but Salesforce can sign one',
    causes: [
      sure(
        'nobody answered the question, as in a pipeline',
        'allow it beforehand: sf plugins trust allowlist add --name sf-plugin-aquila'
      ),
    ],
    checks: [],
  },
  {
    id: 'sf-question',
    rank: 'exact',
    words: ['exitprompterror', 'prompt timed out'],
    meaning: 'a command asked a question, and nobody was there to answer it',
    causes: [sure('the command ran without a terminal', 'give the answer as a flag: sf aquila --help')],
    checks: [],
  },
  {
    id: 'sf-esm-warning',
    rank: 'exact',
    words: ['is a linked esm module and cannot be auto-transpiled'],
    meaning: 'a harmless warning about a linked plugin',
    causes: [sure('the plugin was linked, not installed', 'nothing needs to be done')],
    checks: [],
  },
];

export const sfRows: readonly ExplainRow[] = [...loginRows, ...toolRows];
