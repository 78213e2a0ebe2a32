import { aquilaError } from '../../errors.ts';
import { requestToken } from '../../org/request-token.ts';
import type { Flow } from './flow.ts';

/** RFC 7523 §2.1: the assertion alone says who asks and for whom (docs/reference/salesforce-oauth.md §1). */
export const jwtBearer: Flow = async ({ host, audience, clientId, username, privateKey }, { network }) => {
  if (!privateKey) throw aquilaError('GrantIncomplete', ['jwt-bearer', '--jwt-key-file']);
  return requestToken(host, { clientId, username, audience }, privateKey, network);
};
