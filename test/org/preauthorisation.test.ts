import { expect } from 'chai';
import { readPreauthorisation } from '../../src/org/preauthorisation.ts';
import type { OrgSession } from '../../src/org/session.ts';

const app = {
  ...({ kind: 'external-client-app', id: '0xI5g0000000001EAA', developerName: 'AQUILA', label: 'AQUILA' } as const),
  ...{ contactEmail: undefined, marked: true },
};

/** An org whose answer to the query of access is these rows. */
const orgWith = (rows: object[]): OrgSession =>
  ({ name: 'admin', query: () => Promise.resolve({ value: rows }) }) as unknown as OrgSession;

describe('who an app is pre-authorised for', () => {
  for (const [what, Parent, grantee] of [
    ['a permission set', { Name: 'AQUILA', Type: 'Regular' }, { kind: 'permission-set', name: 'AQUILA' }],
    [
      'a permission set of a package, by the name that metadata has for it',
      { Name: 'AQUILA', Type: 'Regular', NamespacePrefix: 'acme' },
      { kind: 'permission-set', name: 'acme__AQUILA' },
    ],
    ['a group, which no app can name', { Name: 'SOC', Type: 'Group' }, { kind: 'permission-set-group', name: 'SOC' }],
    [
      'a profile, by its own name',
      { Name: 'X00e5g', Type: 'Profile', IsOwnedByProfile: true, Profile: { Name: 'Log Integration' } },
      { kind: 'profile', name: 'Log Integration' },
    ],
  ] as const) {
    it(what, async () => {
      const id = '0PS5g0000000001GAA';
      const answer = await readPreauthorisation(orgWith([{ ParentId: id, Parent }]), app, undefined);
      expect(answer).to.deep.equal({ value: { grantees: [{ id, ...grantee }], user: undefined } });
    });
  }
});
