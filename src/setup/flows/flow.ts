import type { KeyObject, X509Certificate } from 'node:crypto';
import type { Network } from '../../org/http.ts';
import type { Watcher } from '../../org/watched-network.ts';
import type { ClientAuthentication } from '../../token/client-authentication.ts';
import type { Ingredients, SecretName } from '../../token/grants.ts';
import type { HttpAnswer } from '../../token/response.ts';

/** What a flow works with; what its grant needs is there, and any other text is empty. The secrets among it stay in memory. */
export type FlowInput = {
  /** Base URL of the org, without a slash at its end; the endpoints are below it. */
  host: string;
  /** `aud` of whatever is signed. */
  audience: string;
  /** Of the stored login, where the host serves other orgs too. */
  orgId: string | undefined;
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
  /** What flags gave, such as the paths of files: how an error names where something came from. */
  given: Ingredients;
} & Record<Exclude<SecretName, 'clientSecret'>, string>;

/** Who answers in a browser. What they are shown is no secret. */
export type FlowPerson = {
  /** Shows the page of the org to log in at, and opens it in a browser where there is one. The answer comes to the callback URL. */
  visit: (url: string, answer: { callbackUrl: string; minutes: number }) => void;
  /** Shows a code, and the page where it is entered. */
  enterCode: (code: { userCode: string; verificationUri: string; minutes: number }) => void;
};

/** The world outside of a flow. */
export type FlowEdge = {
  network: Network;
  person: FlowPerson;
  /** Sees what a browser is asked and what it brings; the network is watched by itself. */
  watcher?: Watcher | undefined;
  pause: (milliseconds: number) => Promise<void>;
};

/** The answer that grants or refuses the token. */
export type FlowAnswer = HttpAnswer & {
  /** What an ID token in it must contain, where something was sent for that. */
  nonce?: string | undefined;
};

/** One grant: sends what its documentation says, and returns the last answer. */
export type Flow = (input: FlowInput, edge: FlowEdge) => Promise<FlowAnswer>;
