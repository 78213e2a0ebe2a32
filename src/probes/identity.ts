import type { Identity } from '../checks/facts.ts';
import type { Reading } from '../checks/run.ts';
import { problem } from '../errors.ts';
import type { Network } from '../org/http.ts';
import { readUserInfo } from '../org/org-facts.ts';
import type { HttpAnswer } from '../token/response.ts';
import { asReading, type Tried } from './attempt.ts';
import { guarded } from './guarded.ts';

/** Who the new token belongs to, asked where the answer says that the org is. The token is sent nowhere else and kept nowhere. */
export async function readIdentity(network: Network, tried: Tried): Promise<Reading<Identity>> {
  const reading = asReading(tried);
  if (!('value' in reading)) return reading;
  const { answer } = reading.value;
  if ('refused' in answer) return { blocked: 'login-accepted' };
  const { accessToken, instanceUrl } = answer.granted;
  return guarded<Identity>(async () => {
    const http = await network.send({ url: `${instanceUrl}/services/oauth2/userinfo`, bearer: accessToken });
    const who = http.status === 200 ? readUserInfo(parse(http)) : undefined;
    if (who) return { value: { username: who.username, orgId: who.orgId } };
    if (http.status === 403 && /^Invalid_Scope/i.test(http.body.trim())) {
      return { denied: 'Access unique user identifiers (openid)' };
    }
    return { failed: problem('IdentityRefused', [http.url, http.status]), data: { status: http.status } };
  });
}

function parse({ body }: HttpAnswer): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
