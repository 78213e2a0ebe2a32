import type { KeyObject } from 'node:crypto';
import type { Network } from '../../org/http.ts';
import type { ClientAuthentication } from '../../token/client-authentication.ts';
import type { HttpAnswer } from '../../token/response.ts';

/** What a flow works with; what its grant needs is there. The secrets among it stay in memory. */
export type FlowInput = {
  /** Base URL of the org, without a slash at its end; the endpoints are below it. */
  host: string;
  /** `aud` of whatever is signed. */
  audience: string;
  clientId: string;
  authentication: ClientAuthentication;
  username: string;
  privateKey: KeyObject | undefined;
};

/** The world outside of a flow. */
export type FlowEdge = { network: Network };

/** One grant: sends what its documentation says, and returns the answer that grants or refuses the token. */
export type Flow = (input: FlowInput, edge: FlowEdge) => Promise<HttpAnswer>;
