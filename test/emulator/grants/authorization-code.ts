import { createHash } from 'node:crypto';
import type { Grant } from '../token-endpoint.ts';
import { appTrouble, judgeClient } from './client.ts';
import { FlowRefusal } from './flow-errors.ts';
import { sessionBody } from './issue.ts';
import { pendingOf } from './pending.ts';
import { judgeUser } from './person.ts';

/**
 * The authorization code grant (docs/reference/salesforce-oauth.md §4): a code of ../authorize.ts, once and for its time, by the client and
 * for the redirect URI that it was made for, with the verifier of its challenge (RFC 7636 §4.6). A refusal does not use the code up.
 */
export const authorizationCode: Grant = (context) => {
  const { world, parameters, now } = context;
  const app = judgeClient(context, parameters, ({ flows }) => ({
    secret: flows.secretOptional ? 'optional' : 'required',
    assertion: true,
  }));
  const trouble = appTrouble(context, app);
  if (trouble) throw trouble;
  const code = pendingOf(world.org).codes.get(parameters.get('code') ?? '');
  if (code?.app !== app) throw new FlowRefusal('unknownCode');
  if (code.used || now - code.issuedAt > world.switches.codeSeconds * 1000) throw new FlowRefusal('usedOrExpiredCode');
  if (parameters.get('redirect_uri') !== code.redirectUri) throw new FlowRefusal('redirectUri');
  if (code.challenge !== undefined) {
    const verifier = parameters.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (challenge !== code.challenge) throw new FlowRefusal('codeVerifier');
  }
  judgeUser(context, code.user, app);
  code.used = true;
  return sessionBody(context, { ...code, refresh: true, idToken: true });
};
