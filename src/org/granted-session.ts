import type { TokenGrant } from '../token/response.ts';
import type { Network } from './http.ts';
import { readRestAnswer, unavailable, type Answer } from './refusal.ts';

/** A token that was just granted, in use. It is kept nowhere, and goes to the instance URL of its own answer alone. */
export type GrantedSession = {
  /** The rows of one page, 2000 at most. */
  query: <Row>(soql: string) => Promise<Answer<Row[]>>;
  /** A GET below `/services/data/vNN.0`. */
  request: (path: string) => Promise<Answer<unknown>>;
};

/** The version that the collector asks for unless it is told another (docs/reference/aquila-collector.md §4.3). */
const collectorVersion = 'v56.0';

/**
 * Opens a token without a request. There is no second login when it is refused: what the org says to this token, it says to the collector.
 */
export function openGranted({ accessToken, instanceUrl }: TokenGrant, network: Network): GrantedSession {
  const get = (path: string) =>
    network.send({ url: `${instanceUrl}/services/data/${collectorVersion}${path}`, bearer: accessToken });
  return {
    query: async <Row>(soql: string): Promise<Answer<Row[]>> => {
      const http = await get(`/query?q=${encodeURIComponent(soql)}`);
      const answer = readRestAnswer<{ records?: Row[] } | undefined>(http);
      if ('refused' in answer) return answer;
      const { records } = answer.value ?? {};
      if (!records) throw unavailable(http);
      return { value: records };
    },
    request: async (path) => readRestAnswer<unknown>(await get(path)),
  };
}
