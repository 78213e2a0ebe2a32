import { isDelegated } from '../sso-permission.ts';
import type { Grant } from '../token-endpoint.ts';
import { issueToken } from '../tokens.ts';
import { appTrouble, judgeClient } from './client.ts';
import { FlowRefusal } from './flow-errors.ts';
import { signed, whereAndWho } from './issue.ts';
import { judgeUser, passwordOf, securityTokenOf } from './person.ts';
import { refreshes } from './scopes.ts';
import { oauthSetting } from './settings.ts';

/**
 * The password grant (docs/reference/salesforce-oauth.md §4): one text for a wrong password, an unknown user and a blocked flow. External
 * client apps never have it. No refresh token.
 */
export const password: Grant = (context) => {
  const { world, parameters, now } = context;
  const { org, switches } = world;
  const app = judgeClient(context, parameters, ({ flows }) => ({
    secret: flows.secretOptional ? 'optional' : 'required',
  }));
  const trouble = appTrouble(context, app);
  if (trouble) throw trouble;
  const blocked = switches.passwordFlow === 'blocked' || oauthSetting(org, 'blockOAuthUnPwFlow');
  if (blocked || app.kind === 'external-client-app') throw new FlowRefusal('passwordFlowOff');
  const user = org.user(parameters.get('username') ?? '');
  const right = user && passwordOf(user) + (switches.securityTokenNeeded ? securityTokenOf(user) : '');
  if (!user || isDelegated(org, user) || parameters.get('password') !== right) throw new FlowRefusal('wrongPassword');
  judgeUser(context, user, app);
  const token = issueToken(
    world,
    user,
    app,
    now,
    app.scopes.filter((scope) => !refreshes(scope))
  );
  token.byPassword = true;
  return { access_token: token.value, ...whereAndWho(context, token), ...signed(context, token) };
};
