import type { App } from '../state.ts';
import type { Switches } from '../switches.ts';
import { FlowRefusal } from './flow-errors.ts';

export const refreshes = (scope: string): boolean => scope === 'refresh_token' || scope === 'offline_access';

/**
 * The scopes that an interactive grant is for: those asked for, or all of the app. `full` covers all others but the refresh token.
 *
 * @throws FlowRefusal `scopeNotAllowed`, unless a switch drops what the app does not have
 */
export function wantedScopes(app: App, scope: string | undefined, { scopeBeyondApp }: Switches): string[] {
  const asked = [...new Set((scope ?? '').split(/[\s+]+/).filter(Boolean))];
  if (asked.length === 0) return [...app.scopes];
  const has = (one: string): boolean =>
    app.scopes.includes(one) || (refreshes(one) ? app.scopes.some(refreshes) : app.scopes.includes('full'));
  if (scopeBeyondApp === 'refuse' && !asked.every(has)) throw new FlowRefusal('scopeNotAllowed');
  return asked.filter(has);
}
