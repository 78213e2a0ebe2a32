import type { Identity } from '../checks/facts.ts';
import type { Reading } from '../checks/run.ts';
import { problem } from '../errors.ts';
import type { Network } from '../org/http.ts';
import { askIdentity } from '../org/token-endpoints.ts';
import { readIdentityAnswer, userinfoPath } from '../token/identity.ts';
import { asReading, type Tried } from './attempt.ts';
import { guarded } from './guarded.ts';

/** Who the new token belongs to, asked where the answer says that the org is. The token is sent nowhere else and kept nowhere. */
export async function readIdentity(network: Network, tried: Tried): Promise<Reading<Identity>> {
  const reading = asReading(tried);
  if (!('value' in reading)) return reading;
  const { answer } = reading.value;
  if ('refused' in answer) return { blocked: 'login-accepted' };
  const { accessToken: token, instanceUrl } = answer.granted;
  return guarded<Identity>(async () => {
    const http = await askIdentity({ token, instanceUrl }, userinfoPath, network);
    const told = readIdentityAnswer(http);
    if ('identity' in told) return { value: { username: told.identity.username, orgId: told.identity.orgId } };
    if ('code' in told && told.code === 'Invalid_Scope') {
      return { denied: 'Access unique user identifiers (openid)' };
    }
    return { failed: problem('IdentityRefused', [http.url, http.status]), data: { status: http.status } };
  });
}
