import { Refusal } from '../oauth-errors.ts';
import type { Grant } from '../token-endpoint.ts';
import { issueToken } from '../tokens.ts';
import { appTrouble, judgeClient } from './client.ts';
import { FlowRefusal } from './flow-errors.ts';
import { formatOf, signed, whereAndWho } from './issue.ts';
import { judgeUser, preauthorized } from './person.ts';
import { refreshes } from './scopes.ts';

/**
 * The client credentials grant (docs/reference/salesforce-oauth.md §4), at the My Domain only (E19). Salesforce does not publish its order
 * of judgement; this one asks who the client is, whether the app may log in, what this org allows, then looks at the user.
 */
export const clientCredentials: Grant = (context) => {
  const { world, parameters, now } = context;
  const { org, switches } = world;
  const { answers } = switches;
  const app = judgeClient(context, parameters, () => ({ secret: 'required' }));
  const trouble = appTrouble(context, app);
  if (trouble) throw trouble;
  if (parameters.has('scope') && answers.scopeParameter !== 'accept') throw new Refusal(answers.scopeParameter);
  if (!app.flows.clientCredentials || !app.flows.clientCredentialsPolicy) throw new FlowRefusal('clientCredentialsOff');
  const user = org.user(app.flows.clientCredentialsUser ?? '');
  if (!user) throw new FlowRefusal('noRunAsUser');
  const scopes = app.scopes.filter((scope) => !refreshes(scope));
  const usable = scopes.some((scope) => scope !== 'full' || switches.fullScopeIsEnough);
  if (!usable) throw new FlowRefusal('noValidScopes');
  const assigned = app.permittedUsers !== 'admin-approved' || preauthorized(org, user, app);
  if (!assigned && answers.notPreauthorized !== 'accept')
    throw new Refusal(answers.notPreauthorized, 'notPreauthorized');
  judgeUser(context, user, app);
  const token = issueToken(world, user, app, now, scopes);
  return {
    access_token: token.value,
    ...signed(context, token),
    scope: scopes.join(' '),
    ...whereAndWho(context, token),
    ...formatOf(context, token),
    api_instance_url: 'https://api.salesforce.com',
  };
};
