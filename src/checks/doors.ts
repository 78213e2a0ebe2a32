import { roomOf, type AnyCheck, type Room } from './define.ts';
import { registry } from './index.ts';

const inRooms = (rooms: readonly Room[]): AnyCheck[] => registry.filter(({ id }) => rooms.includes(roomOf(id)));

/** What `verify` asks: of the login of the integration user, and with an administrator's session of its app too. */
export const verifyChecks: readonly AnyCheck[] = inRooms([
  ...(['key', 'cert', 'host', 'login', 'app', 'user', 'data', 'handover'] as const),
]);

/** What `app check` asks of an app with an administrator's session. */
export const appChecks: readonly AnyCheck[] = registry.filter(
  ({ id }) => roomOf(id) === 'app' || id === 'user-preauthorized'
);

/** What `audit` asks of an org and of the app of AQUILA: which flows and which ways of signing on they leave open. */
export const auditChecks: readonly AnyCheck[] = inRooms(['flow', 'sso']);
