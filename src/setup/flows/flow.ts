import type { KeyObject, X509Certificate } from 'node:crypto';
import type { Network } from '../../org/http.ts';
import type { ClientAuthentication } from '../../token/client-authentication.ts';
import type { SecretName } from '../../token/grants.ts';
import type { HttpAnswer } from '../../token/response.ts';

/** What a flow works with; what its grant needs is there, and any other text is empty. The secrets among it stay in memory. */
export type FlowInput = {
  /** Base URL of the org, without a slash at its end; the endpoints are below it. */
  host: string;
  /** `aud` of whatever is signed. */
  audience: string;
  clientId: string;
  authentication: ClientAuthentication;
  username: string;
  /** Scopes with blanks between them, as OAuth sends them. */
  scope: string;
  callbackUrl: string;
  /** API name of the Apex class that judges a foreign token. */
  tokenHandler: string;
  subjectTokenType: string;
  privateKey: KeyObject | undefined;
  certificate: X509Certificate | undefined;
} & Record<Exclude<SecretName, 'clientSecret'>, string>;

/** The world outside of a flow. */
export type FlowEdge = { network: Network };

/** One grant: sends what its documentation says, and returns the answer that grants or refuses the token. */
export type Flow = (input: FlowInput, edge: FlowEdge) => Promise<HttpAnswer>;
