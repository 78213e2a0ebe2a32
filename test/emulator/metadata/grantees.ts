import type { App } from '../state.ts';
import { Problem } from './elements.ts';
import type { ElementType, Place } from './elements.ts';
import { profileNames, setExists } from './store.ts';

const policyType = 'ExtlClntAppOauthConfigurablePolicies';
const elements = { permissionSets: 'commaSeparatedPermissionSet', profiles: 'commaSeparatedProfile' } as const;

/**
 * Profiles or permission sets that a policy lists, by name. Where `policyGrantsAccess` is off, the list is kept but opens nothing: that
 * takes rows of SetupEntityAccess (docs/reference/external-client-apps.md §7, §14-C, §14-D).
 */
export function grantees(kind: keyof typeof elements): ElementType {
  const element = elements[kind];
  return {
    kind: 'text',
    bound: {
      read: (app, { switches }) => {
        const listed = switches.policyGrantsAccess ? app[kind].join(',') : app.otherMetadata[policyType]?.[element];
        return listed === '' ? undefined : listed;
      },
      write: (app, value = '', place) => {
        const names = [
          ...new Set(
            value
              .split(',')
              .map((name) => name.trim())
              .filter((name) => name !== '')
          ),
        ];
        judge(kind, names, app, place);
        const { grantListsOnUpdate: mode, policyGrantsAccess } = place.switches;
        if (!policyGrantsAccess) {
          (app.otherMetadata[policyType] ??= {})[element] = names.join(',');
        } else {
          app[kind] = mode === 'replace' ? names : [...new Set([...app[kind], ...names])];
        }
      },
    },
  };
}

function judge(kind: keyof typeof elements, names: readonly string[], app: App, { org, draft, switches }: Place): void {
  const exists = (name: string): boolean =>
    kind === 'permissionSets' ? setExists(draft, name) : profileNames(org).includes(name);
  const unknown = names.filter((name) => !exists(name));
  if (unknown.length > 0) {
    // The words for profiles are a guess.
    const what = kind === 'permissionSets' ? 'permission sets' : 'profiles';
    throw new Problem(`INVALID_FIELD: We couldn't find ${what} called ${unknown.join(', ')}`);
  }
  if (switches.grantListsOnUpdate === 'refuse' && names.some((name) => app[kind].includes(name))) {
    throw new Problem(`${kind === 'permissionSets' ? 'permission set' : 'profile'} names are already taken`);
  }
}
