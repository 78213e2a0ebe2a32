import { json } from '../http.ts';
import type { Reply } from '../http.ts';
import type { Switches } from '../switches.ts';

/**
 * What the grants besides JWT bearer answer with, as `error: error_description`, or an `error` alone. The first block is in
 * docs/reference/salesforce-oauth.md §4 word for word; of the rest the reference knows nothing, or only the `error`, so those are RFC 6749,
 * RFC 7009, RFC 8628 and RFC 8693 or plain words. All of them are a switch.
 */
export const documentedFlowErrors = {
  clientCredentialsOff: 'invalid_grant: client credentials flow not enabled',
  noRunAsUser: 'invalid_grant: no client credentials user enabled',
  noValidScopes: 'invalid_grant: no valid scopes defined',
  unknownCode: 'invalid_grant: invalid authorization code',
  usedOrExpiredCode: 'invalid_grant: expired authorization code',
  redirectUri: 'redirect_uri_mismatch: redirect_uri must match configuration',
  challengeMissing: 'invalid_request: missing required code challenge',
  passwordFlowOff: 'invalid_grant: authentication failure',
  wrongPassword: 'invalid_grant: authentication failure',
  devicePending: 'authorization_pending',
  samlAssertion: 'invalid_grant: invalid assertion',

  /** [?] in the reference, of which this text is the only candidate. */
  codeVerifier: 'invalid_grant: invalid code verifier',
  deviceTooFast: 'slow_down',
  deviceDenied: 'access_denied',
  deviceExpired: 'expired_token',
  deviceFlowOff: 'invalid_request: device flow not enabled',
  challengeMethod: 'invalid_request: transform algorithm not supported',
  responseType: 'unsupported_response_type: response type not supported',
  userAgentFlowOff: 'unsupported_response_type: response type not supported',
  denied: 'access_denied: end-user denied authorization',
  scopeNotAllowed: 'invalid_scope: the requested scope is not allowed',
  tokenExchangeOff: 'invalid_request: token exchange flow not enabled',
  tokenExchangeRequest: 'invalid_request: invalid token exchange request',
  subjectToken: 'invalid_request: invalid subject token',
  actorToken: 'invalid_request: invalid actor token',
  assertionType: 'invalid_request: invalid assertion type',
  tokenMissing: 'invalid_request: missing required parameter: token',
  /** The two of §5.2; what follows each `error` is a guess. */
  revokeUnknown: 'invalid_token: invalid token',
  revokeUnsupported: 'unsupported_token_type: this token type is not supported',
} as const satisfies Record<string, string>;

export type FlowRow = keyof typeof documentedFlowErrors;
export type FlowErrors = Partial<Record<FlowRow, string>>;

/** The keys of an error's body, in Salesforce's order. */
export type ErrorBody = { error: string; error_description?: string; error_uri?: string };

export function flowErrorBody(row: FlowRow, { flowErrors }: Switches): ErrorBody {
  const text = flowErrors[row] ?? documentedFlowErrors[row];
  const colon = text.indexOf(': ');
  if (colon < 0) return { error: text };
  return { error: text.slice(0, colon), error_description: text.slice(colon + 2) };
}

/** Thrown by a grant to refuse a request with a row of its own, or with what a token handler said. */
export class FlowRefusal extends Error {
  readonly what: FlowRow | ErrorBody;
  constructor(what: FlowRow | ErrorBody) {
    super(typeof what === 'string' ? what : what.error);
    this.what = what;
  }

  body(switches: Switches): ErrorBody {
    return typeof this.what === 'string' ? flowErrorBody(this.what, switches) : this.what;
  }

  reply(switches: Switches): Reply {
    return json(400, this.body(switches));
  }
}
