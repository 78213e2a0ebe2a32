import { expect } from 'chai';
import { permissionSetProblem, profileProblem, unionOf } from '../../src/app/grants.ts';

describe('app: permission sets and profiles', () => {
  for (const name of ['AQUILA_Access', 'A1', 'acme__Log_Access', 'x'.repeat(80)]) {
    it(`${name.slice(0, 20)} is the API name of a permission set`, () =>
      expect(permissionSetProblem(name)).to.be.undefined);
  }

  const bad: Array<[name: string, code: string]> = [
    ['0PS5e000002AbCd', 'AppPermissionSetIsId'],
    ['0PS5e000002AbCdGAK', 'AppPermissionSetIsId'],
    ['AQUILA Access', 'AppPermissionSetInvalid'],
    ['A,B', 'AppPermissionSetInvalid'],
    ['1A', 'AppPermissionSetInvalid'],
    ['A_', 'AppPermissionSetInvalid'],
    ['', 'AppPermissionSetInvalid'],
  ];
  for (const [name, code] of bad) {
    it(`"${name}" is none: ${code}`, () => {
      const refused = permissionSetProblem(name);
      expect(refused?.code).to.equal(code);
      expect(refused?.actions.join()).to.include('API Name');
    });
  }

  it('a profile goes by any name of Setup, but for commas and ids', () => {
    expect(profileProblem('System Administrator')).to.be.undefined;
    expect(profileProblem('Systemadministrator (Über)')).to.be.undefined;
    expect(profileProblem('A, B')?.code).to.equal('AppProfileInvalid');
    expect(profileProblem('')?.code).to.equal('AppProfileInvalid');
    expect(profileProblem('00e5e000000AbCdAAK')?.code).to.equal('AppProfileIsId');
  });

  it('a union has each name once, in the first spelling and order', () =>
    expect(unionOf(['B', 'a'], ['A', 'c', 'C'])).to.deep.equal(['B', 'a', 'c']));
});
