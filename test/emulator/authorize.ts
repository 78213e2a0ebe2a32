import { sessionBody } from './grants/issue.ts';
import { appOf, appTrouble } from './grants/client.ts';
import { consentForm, escapeHtml, page } from './grants/consent-form.ts';
import { FlowRefusal } from './grants/flow-errors.ts';
import type { ErrorBody } from './grants/flow-errors.ts';
import { newCode, pendingOf } from './grants/pending.ts';
import { preauthorized } from './grants/person.ts';
import { wantedScopes } from './grants/scopes.ts';
import { oauthSetting } from './grants/settings.ts';
import type { Context, Reply } from './http.ts';
import { Refusal, oauthError } from './oauth-errors.ts';
import { formFields } from './parameters.ts';
import type { App, User } from './state.ts';

type Wish = { app: App; redirectUri: string; parameters: Map<string, string>; implicit: boolean };

/** What the endpoint says of an app that may not be used, by the situation (docs/reference/salesforce-oauth.md §1.4, last bullet). */
const appErrors: Partial<Record<NonNullable<Refusal['situation']>, ErrorBody>> = {
  externalAppAtLoginHost: {
    error: 'OAUTH_EC_APP_NOT_FOUND',
    error_description: 'External client app is not installed in this org',
  },
  disabledApp: {
    error: 'OAUTH_EC_APP_NOT_FOUND',
    error_description: 'External client app is not installed in this org',
  },
  uninstalledApp: {
    error: 'OAUTH_APPROVAL_ERROR_GENERIC',
    error_description: "We can't authorize you because of an OAuth error",
  },
  blockedApp: { error: 'OAUTH_APP_BLOCKED', error_description: 'this app is blocked by admin' },
  notPreauthorized: {
    error: 'OAUTH_APP_ACCESS_DENIED',
    error_description: 'user is not admin approved to access this app',
  },
};

/**
 * `GET|POST /services/oauth2/authorize`: the web server flow with PKCE (`response_type=code`) and the user-agent flow (`token`,
 * `token id_token`), by docs/reference/salesforce-oauth.md §4 and RFC 6749 §4.1, §4.2. In place of a login page a form asks for the username;
 * `login_hint` fills it in, and `switches.consent` answers it. Who the client is and where it wants the answer is judged first, and told on
 * a page; all else goes to the callback, in the query or, in the user-agent flow, in the fragment.
 */
export async function authorize(context: Context): Promise<Reply> {
  const posted =
    context.method === 'POST' ? await formFields(context.body, context.headers) : new Map<string, string>();
  const parameters = new Map([...context.query, ...posted]);
  const { switches } = context.world;
  const app = appOf(context, parameters.get('client_id') ?? '');
  if (!app) return errorPage(bodyOf(new Refusal(switches.answers.unknownClient), context));
  const redirectUri = parameters.get('redirect_uri') ?? '';
  if (!app.callbackUrls.includes(redirectUri)) return errorPage(new FlowRefusal('redirectUri').body(switches));
  const implicit = (parameters.get('response_type') ?? '').split(' ').includes('token');
  const wish: Wish = { app, redirectUri, parameters, implicit };
  const trouble = appTrouble(context, app);
  if (trouble) return appError(trouble, wish, context);
  try {
    return consent(wish, judged(wish, context), context);
  } catch (error) {
    if (error instanceof FlowRefusal) return back(wish, error.body(switches));
    throw error;
  }
}

/** The scopes, once flow and challenge are right. */
function judged({ app, parameters, implicit }: Wish, { world }: Context): string[] {
  const { org, switches } = world;
  const type = parameters.get('response_type') ?? '';
  if (!['code', 'token', 'token id_token', 'id_token token'].includes(type)) throw new FlowRefusal('responseType');
  const blocked = switches.userAgentFlow === 'blocked' || oauthSetting(org, 'blockOAuthUsrAgtFlow');
  if (implicit && blocked) throw new FlowRefusal('userAgentFlowOff');
  const method = parameters.get('code_challenge_method');
  const challenge = parameters.get('code_challenge');
  if (challenge !== undefined && method !== undefined && method !== 'S256') throw new FlowRefusal('challengeMethod');
  const needed = app !== org.cli && (app.flows.pkceRequired || oauthSetting(org, 'isPkceRequired'));
  if (!implicit && needed && !challenge) throw new FlowRefusal('challengeMissing');
  return wantedScopes(app, parameters.get('scope'), switches);
}

function consent(wish: Wish, scopes: string[], context: Context): Reply {
  const { app, parameters } = wish;
  const { org, switches } = context.world;
  const hint = parameters.get('login_hint') ?? '';
  const given = switches.consent === 'ask' ? parameters.get('decision') : switches.consent;
  const name = switches.consent === 'ask' ? (parameters.get('username') ?? '') : switches.consentAs || hint;
  const user = org.user(name);
  if (given === 'deny') throw new FlowRefusal('denied');
  if (given !== 'approve' || !user?.active || user.frozen) {
    const hidden = [...parameters].filter(([key]) => key !== 'username' && key !== 'decision');
    return consentForm({
      ...{ action: context.path, title: 'Allow Access?', hidden },
      question: `${app.name} is asking to: ${scopes.join(', ')}`,
      fields: [['username', 'Username', name || hint]],
      trouble: given === undefined ? undefined : 'Please check your username.',
    });
  }
  if (app.permittedUsers === 'admin-approved' && !preauthorized(org, user, app)) {
    return appError(new Refusal('E2', 'notPreauthorized'), wish, context);
  }
  app.approvals.add(user.username);
  return approved(wish, user, scopes, context);
}

function approved(wish: Wish, user: User, scopes: string[], context: Context): Reply {
  const { app, redirectUri, parameters, implicit } = wish;
  const { org, switches } = context.world;
  const nonce = parameters.get('nonce');
  if (implicit) {
    const idToken = (parameters.get('response_type') ?? '').includes('id_token');
    const session = { user, app, scopes, nonce, idToken, isInBrowser: true, refresh: switches.userAgentRefreshToken };
    return back(wish, sessionBody(context, session));
  }
  const code = newCode();
  const challenge = parameters.get('code_challenge');
  const { now } = context;
  pendingOf(org).codes.set(code, { app, user, scopes, redirectUri, challenge, nonce, issuedAt: now, used: false });
  return back(wish, { code });
}

/** To the callback, with the `state` that the client sent. */
function back({ redirectUri, parameters, implicit }: Wish, answer: Record<string, string | undefined>): Reply {
  const values = Object.entries(answer).filter((one): one is [string, string] => one[1] !== undefined);
  const state = parameters.get('state');
  const text = new URLSearchParams(state === undefined ? values : [...values, ['state', state]]).toString();
  const mark = implicit ? '#' : redirectUri.includes('?') ? '&' : '?';
  return {
    status: 302,
    headers: { Location: redirectUri + mark + text, 'Cache-Control': 'no-cache,no-store' },
    body: '',
  };
}

function appError(refusal: Refusal, wish: Wish, context: Context): Reply {
  const body = (refusal.situation && appErrors[refusal.situation]) ?? bodyOf(refusal, context);
  const onPage = context.world.switches.appErrorsAtAuthorize === 'page';
  return onPage ? errorPage(body) : back(wish, body);
}

const bodyOf = ({ row }: Refusal, { world }: Context): ErrorBody => {
  const { body } = oauthError(row, world.switches);
  return row === 'E20' ? { error: 'unknown_error' } : (JSON.parse(body) as ErrorBody);
};

/** Status and markup are a guess; Salesforce's page shows both texts. */
function errorPage({ error, error_description: description }: ErrorBody): Reply {
  const text = [`error=${error}`, ...(description === undefined ? [] : [`error_description=${description}`])];
  return page(400, 'OAuth Error', `<p id="error">${escapeHtml(text.join('&'))}</p>`);
}
