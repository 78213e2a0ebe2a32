import { createHash } from 'node:crypto';
import { to18 } from '../ids.ts';
import type { Place } from './elements.ts';
import type { Kind } from './kinds.ts';

/** The id of a component: the org's own where its state has one, else one that is always the same for type and name. */
export function componentId(
  { type, idPrefix }: Kind,
  fullName: string,
  { draft, org }: Pick<Place, 'draft' | 'org'>
): string {
  if (type === 'PermissionSet') return org.idOf('0PS', fullName);
  if (type === 'Profile') return org.idOf('00e', fullName);
  const row = [...draft.samlConfigs, ...draft.certificates, ...draft.authProviders].find(
    ({ id, developerName }) => developerName === fullName && id.startsWith(idPrefix)
  );
  if (row) return row.id;
  const app = draft.apps.find(({ developerName }) => developerName === fullName);
  if (app && (type === 'ExternalClientApplication' || type === 'ConnectedApp')) return app.id;
  return to18(idPrefix + createHash('sha256').update(`${type} ${fullName}`).digest('hex').slice(0, 12));
}
