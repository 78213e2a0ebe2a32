import { causes } from '../causes.ts';
import { possibly, sure, type ExplainRow } from './row.ts';

const copyKey = 'copy server.pem of sf aquila cert create to the collector, as text, and name its full path there';
const lookAtKey = 'see what the file is, with a copy from the collector: sf aquila cert inspect --file server.pem';
const pathThere =
  'name the full path on the collector, for a file that its user can read: sf aquila report --target-org <org> --key-path /FULL/PATH/server.pem';

/** What the collector, Elastic's Salesforce input, writes into its log (docs/reference/aquila-collector.md §3.5 and §3.6). */
export const collectorRows: readonly ExplainRow[] = [
  {
    id: 'collector-refused',
    rank: 'wide',
    words: [
      'error setting up connection to salesforce: failed to open salesforce connection: session response error: 400 400 bad request',
      'session response error: 400',
    ],
    meaning:
      'Salesforce refused the login of the collector. The collector throws the reason away, so the words are the same for every cause',
    causes: [
      causes.notPreAuthorised,
      causes.externalAppHost,
      causes.clientId,
      causes.keyMismatch,
      causes.audience,
      sure(
        'the user lacks the permission API Enabled, or the app enforces IP restrictions; the vendor of the collector names these two first',
        'Setup > Permission Sets > the permission set > System Permissions: API Enabled; and Setup > External Client App Manager > the app > Policies: relax IP restrictions'
      ),
    ],
    fix: 'repeat the very login of the collector and read the reason: sf aquila verify --target-org <org>',
    checks: ['login-accepted', 'user-preauthorized', 'host-url', 'app-found', 'app-certificate', 'user-api-enabled'],
  },
  {
    id: 'collector-session-status',
    rank: 'wide',
    words: ['session response error'],
    meaning: 'the token endpoint did not grant the collector a token',
    causes: [causes.transient, causes.notTokenEndpoint],
    fix: 'repeat the very login of the collector and read the answer: sf aquila verify --target-org <org>',
    checks: ['login-accepted', 'host-reachable'],
    hides: ['collector-connection'],
  },
  {
    id: 'collector-connection',
    rank: 'envelope',
    words: ['error setting up connection to salesforce', 'failed to open salesforce connection'],
    meaning: 'the collector could not open its session; what follows these words says why',
    causes: [],
    fix: 'repeat the very login of the collector: sf aquila verify --target-org <org>',
    checks: ['login-accepted'],
  },
  {
    id: 'collector-key-missing',
    rank: 'exact',
    words: ['problem with client key path for jwt auth: open … no such file or directory'],
    meaning: 'the collector does not find its private key under the path of its configuration',
    causes: [
      sure('the path is wrong, or the file is on another machine than the collector', pathThere),
      possibly('the collector runs in a container that does not see the folder', 'mount the folder into the container'),
    ],
    checks: ['handover-complete', 'key-readable'],
    hides: ['collector-key-path', 'file-missing'],
  },
  {
    id: 'collector-key-path',
    rank: 'exact',
    words: ['problem with client key path for jwt auth'],
    meaning: 'the collector can not read the file with its private key',
    causes: [sure('the path is wrong, or the user that runs the collector may not read the file', pathThere)],
    checks: ['handover-complete', 'key-readable', 'key-private-mode'],
    hides: ['file-missing'],
  },
  {
    id: 'collector-key-not-pem',
    rank: 'exact',
    words: ['key must be a pem encoded pkcs1 or pkcs8 key'],
    meaning: 'the collector finds no PEM block in its key file',
    causes: [
      sure('the file is DER, PKCS#12 or a Java keystore, or is damaged', copyKey),
      possibly('the file is UTF-16 or begins with a byte order mark, after an accident of Windows', lookAtKey),
    ],
    fix: lookAtKey,
    checks: ['key-readable', 'key-first-block'],
    hides: ['collector-key-other'],
  },
  {
    id: 'collector-key-not-rsa',
    rank: 'exact',
    words: ['key is not a valid rsa private key'],
    meaning: 'the key of the collector is of another kind than RSA',
    causes: [sure('it is an EC key or another kind; the collector signs with RSA only', 'sf aquila cert create')],
    checks: ['key-rsa'],
    hides: ['collector-key-other'],
  },
  {
    id: 'collector-key-other',
    rank: 'exact',
    words: ['problem with client key for jwt auth'],
    meaning: 'the first block of the key file is no plain private key; the collector looks at no other block',
    causes: [
      sure('a certificate stands before the key', 'put the private key first, or alone, into the file'),
      sure('the key is protected by a passphrase, which the collector can not be given', copyKey),
    ],
    fix: lookAtKey,
    checks: ['key-first-block', 'key-unencrypted', 'key-rsa'],
  },
  {
    id: 'collector-session-lost',
    rank: 'exact',
    words: ['insert response err: invalid_session_id'],
    meaning: 'the session of the collector ended, and the collector did not log in again',
    causes: [
      possibly(
        'this release of the collector logs in only once; newer ones renew the session',
        'update the collector; until then restart it'
      ),
      possibly(
        'the session timeout of the app is shorter than the time between two polls, one hour unless set',
        'Setup > External Client App Manager > the app > Policies: set a session timeout that is longer than the poll of the collector'
      ),
      possibly(
        'more than five tokens for one user and app are in use, and the oldest was revoked; each data stream of the collector takes one',
        'give the collector an app of its own: sf aquila app create --target-org <admin> --name <app>'
      ),
    ],
    checks: ['data-session-lifetime', 'app-session-timeout'],
    hides: ['session-expired'],
  },
  {
    id: 'collector-download',
    rank: 'exact',
    words: ['unexpected status code … for log file'],
    meaning: 'the login of the collector works, but Salesforce did not hand over a log file',
    causes: [
      sure(
        'the Instance URL of the configuration is wrong: only downloads use it, so queries still work',
        'compare it with: sf aquila report --target-org <org>'
      ),
      sure(
        'the user lacks the permission View Event Log Files',
        'Setup > Permission Sets > the permission set > System Permissions: View Event Log Files'
      ),
    ],
    checks: ['data-log-download', 'login-instance-url', 'user-event-log-files'],
  },
  {
    id: 'collector-two-urls',
    rank: 'exact',
    words: ['//services/oauth2/token', '//services/data'],
    meaning: 'an address of the configuration ends with a slash, and the collector puts its path behind it as it is',
    causes: [sure('a slash at the end of the Audience URL or the Instance URL', 'sf aquila report --target-org <org>')],
    checks: ['host-url', 'handover-complete'],
  },
];
