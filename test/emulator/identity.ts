import { identityBearer } from './bearer.ts';
import { identityUrl } from './grants/success.ts';
import { json, plainText } from './http.ts';
import type { Handler, World } from './http.ts';
import { sameId } from './ids.ts';
import type { User } from './state.ts';

/** `GET|POST /services/oauth2/userinfo` (docs/reference/salesforce-oauth.md §5.3). */
export const userinfo: Handler = (context) => {
  const judged = identityBearer(context);
  if ('refusal' in judged) return judged.refusal;
  const { world } = context;
  const { user } = judged.token;
  const base = world.urls['my-domain'];
  return json(200, {
    sub: identityUrl(world, user),
    user_id: user.id,
    organization_id: world.org.id,
    preferred_username: user.username,
    nickname: nickname(user),
    name: fullName(user),
    email: user.email,
    email_verified: true,
    given_name: user.firstName,
    family_name: user.lastName,
    zoneinfo: 'Asia/Manila',
    photos: photos(base),
    profile: `${base}/${user.id}`,
    picture: photos(base).picture,
    address: { country: 'PH' },
    is_salesforce_integration_user: false,
    urls: apiUrls(world, user),
    ...commonFacts(user),
    updated_at: new Date(context.now).toISOString(),
    is_app_installed: true,
  });
};

/** `GET /id/ORG/USER` (docs/reference/salesforce-oauth.md §5.4). The token decides first, then the org, then the user of the path. */
export const identity: Handler = (context) => {
  const judged = identityBearer(context);
  if ('refusal' in judged) return judged.refusal;
  const { world } = context;
  const { user } = judged.token;
  const [, , orgId = '', userId = ''] = context.path.split('/');
  if (!sameId(orgId, world.org.id)) return plainText(403, 'Wrong_Org');
  if (!sameId(userId, user.id)) return plainText(world.switches.badIdStatus, 'Bad_Id');
  const stamp = new Date(context.now).toISOString().replace('Z', '+0000');
  return json(200, {
    id: identityUrl(world, user),
    asserted_user: true,
    user_id: user.id,
    organization_id: world.org.id,
    username: user.username,
    nick_name: nickname(user),
    display_name: fullName(user),
    email: user.email,
    email_verified: true,
    first_name: user.firstName,
    last_name: user.lastName,
    timezone: 'Asia/Manila',
    photos: photos(world.urls['my-domain']),
    addr_street: null,
    addr_city: null,
    addr_state: null,
    addr_country: 'PH',
    addr_zip: null,
    mobile_phone: null,
    mobile_phone_verified: false,
    is_lightning_login_user: false,
    status: { created_date: null, body: null },
    urls: apiUrls(world, user),
    ...commonFacts(user),
    last_modified_date: stamp,
    is_app_installed: true,
  });
};

const commonFacts = (user: User): Record<string, unknown> => ({
  active: user.active,
  user_type: 'STANDARD',
  language: 'en_US',
  locale: 'en_PH',
  utcOffset: 28_800_000,
});

const nickname = (user: User): string => user.username.split('@')[0] ?? user.username;

export const fullName = (user: User): string => [user.firstName, user.lastName].filter(Boolean).join(' ');

const photos = (base: string): { picture: string; thumbnail: string } => ({
  picture: `${base}/profilephoto/005/F`,
  thumbnail: `${base}/profilephoto/005/T`,
});

/** API addresses with `{version}` left for the client to fill in. */
function apiUrls({ org, urls }: World, user: User): Record<string, string> {
  const base = urls['my-domain'];
  const data = `${base}/services/data/v{version}`;
  const soap = (kind: string): string => `${base}/services/Soap/${kind}/{version}/${org.id.slice(0, 15)}`;
  return {
    enterprise: soap('c'),
    metadata: soap('m'),
    partner: soap('u'),
    rest: `${data}/`,
    sobjects: `${data}/sobjects/`,
    search: `${data}/search/`,
    query: `${data}/query/`,
    recent: `${data}/recent/`,
    tooling_soap: soap('T'),
    tooling_rest: `${data}/tooling/`,
    profile: `${base}/${user.id}`,
    feeds: `${data}/chatter/feeds`,
    groups: `${data}/chatter/groups`,
    users: `${data}/chatter/users`,
    feed_items: `${data}/chatter/feed-items`,
    feed_elements: `${data}/chatter/feed-elements`,
    custom_domain: base,
  };
}
