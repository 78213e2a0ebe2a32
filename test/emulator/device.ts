import { consentForm, page } from './grants/consent-form.ts';
import { pendingOf } from './grants/pending.ts';
import type { DeviceLogin } from './grants/pending.ts';
import { preauthorized } from './grants/person.ts';
import type { Context, Reply } from './http.ts';
import { formFields } from './parameters.ts';

/**
 * `GET|POST /setup/connect`, the `verification_uri` of the device flow: a person enters the code of the device, and allows it or not
 * (docs/reference/salesforce-oauth.md §4; RFC 8628 §3.3). Salesforce's pages are not in the reference; `user_code` in the query fills it in.
 */
export async function connectDevice(context: Context): Promise<Reply> {
  const { world, method, path, query } = context;
  const { org, switches } = world;
  const posted = method === 'POST' ? await formFields(context.body, context.headers) : new Map<string, string>();
  const userCode = posted.get('user_code') ?? query.get('user_code') ?? '';
  const username = posted.get('username') ?? '';
  const form = (trouble?: string): Reply =>
    consentForm({
      ...{ action: path, title: 'Connect Device', hidden: [], trouble },
      question: 'Enter the code that your device shows.',
      fields: [
        ['user_code', 'Code', userCode],
        ['username', 'Username', username],
      ],
    });
  const decision = posted.get('decision');
  if (decision === undefined) return form();
  const login = waiting(context, userCode);
  if (!login) return form('The code is not valid.');
  if (decision === 'deny') {
    login.denied = true;
    return page(200, 'Device Denied', '<p id="done">The device got no access.</p>');
  }
  const user = org.user(username);
  if (!user?.active || user.frozen) return form('Please check your username.');
  const { app } = login;
  const assigned = app.permittedUsers !== 'admin-approved' || preauthorized(org, user, app);
  if (!assigned && switches.answers.notPreauthorized !== 'accept') {
    return page(400, 'OAuth Error', '<p id="error">error=OAUTH_APP_ACCESS_DENIED</p>');
  }
  app.approvals.add(user.username);
  login.user = user;
  return page(200, "You're Connected", '<p id="done">The device has access.</p>');
}

/** The login with this code that nobody has answered and that has not run out; letter case and spaces do not matter. */
function waiting({ world, now }: Context, userCode: string): DeviceLogin | undefined {
  const wanted = userCode.replace(/[\s-]/g, '').toUpperCase();
  const limit = world.switches.deviceCodeSeconds * 1000;
  return [...pendingOf(world.org).devices.values()].find(
    (one) => one.userCode === wanted && !one.user && !one.denied && now - one.issuedAt <= limit
  );
}
