import { possibly, sure, type ExplainRow } from './row.ts';

const myDomain = 'compare the address with Setup > My Domain > Current My Domain URL';
const proxy =
  'set HTTPS_PROXY to the proxy of this network; its value begins with http:// unless the proxy itself speaks TLS';

/** What stands between this machine and Salesforce (docs/reference/salesforce-oauth.md §9, docs/reference/sf-cli.md §2). */
export const networkRows: readonly ExplainRow[] = [
  {
    id: 'host-not-found',
    rank: 'exact',
    words: ['getaddrinfo enotfound', 'getaddrinfo eai_again', 'enotfound', 'eai_again', 'no such host'],
    meaning: 'the name of the host is not known where this was said',
    causes: [
      sure('a typing error, or the address of a Lightning or Setup page', myDomain),
      sure('the My Domain is new and not yet known everywhere', 'wait ten minutes and try again'),
      sure('names of the internet are resolved by the proxy only', proxy),
    ],
    checks: ['host-url', 'host-reachable'],
  },
  {
    id: 'tls-untrusted',
    rank: 'exact',
    words: [
      'unable to get local issuer certificate',
      'self-signed certificate in certificate chain',
      'self signed certificate in certificate chain',
      'unable_to_get_issuer_cert_locally',
      'self_signed_cert_in_chain',
      'certificate signed by unknown authority',
    ],
    meaning: 'the TLS certificate that the host showed is not trusted on this machine',
    causes: [
      sure(
        'a proxy of the company inspects TLS and shows a certificate of its own',
        'set NODE_EXTRA_CA_CERTS to the file with the root certificate of the proxy; never switch the verification off'
      ),
    ],
    checks: ['host-reachable'],
  },
  {
    id: 'tls-verification-off',
    rank: 'exact',
    words: ['node_tls_reject_unauthorized'],
    meaning: 'the verification of TLS is switched off, so anybody on the way can read the token',
    causes: [
      sure(
        'somebody worked around a proxy that inspects TLS',
        'take NODE_TLS_REJECT_UNAUTHORIZED out of the environment, and set NODE_EXTRA_CA_CERTS to the file with the root certificate of the proxy'
      ),
    ],
    checks: ['host-reachable'],
  },
  {
    id: 'tls-wrong-version',
    rank: 'exact',
    words: ['wrong version number', 'eproto'],
    meaning: 'TLS was spoken to something that does not speak it, most likely the proxy',
    causes: [sure('HTTPS_PROXY begins with https://, or the port is another one', proxy)],
    checks: ['host-reachable'],
  },
  {
    id: 'fetch-failed',
    rank: 'wide',
    words: ['fetch failed'],
    meaning: 'a request did not reach its host; sf does not say which host',
    causes: [
      sure('this machine is offline, or a firewall or a missing proxy setting is in the way', proxy),
      possibly('the address of the org is wrong', myDomain),
    ],
    fix: 'ask the host of the login alone, with its reason: sf aquila verify --target-org <org> --only host',
    checks: ['host-reachable'],
  },
  {
    id: 'connection-refused',
    rank: 'exact',
    words: ['econnrefused', 'connection refused', 'ehostunreach', 'enetunreach'],
    meaning: 'the host does not take connections from this machine',
    causes: [sure('a firewall, a missing proxy setting, or a wrong address or port', proxy)],
    checks: ['host-reachable'],
  },
  {
    id: 'connection-lost',
    rank: 'exact',
    words: [
      'econnreset',
      'etimedout',
      'und_err_connect_timeout',
      'und_err_headers_timeout',
      'socket hang up',
      'i/o timeout',
    ],
    meaning: 'the connection broke or stayed silent before an answer came',
    causes: [
      sure('a firewall or proxy cuts the connection', proxy),
      possibly('the org is slow or under maintenance', 'see status.salesforce.com for the instance of the org'),
    ],
    checks: ['host-reachable'],
  },
];
