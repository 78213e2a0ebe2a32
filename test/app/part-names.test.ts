import { expect } from 'chai';
import { partTypes, type PartType } from '../../src/app/component.ts';
import { partName, usualPartNames } from '../../src/app/part-names.ts';

describe('app: the names of its parts', () => {
  const rows: Array<[type: PartType, names: string[]]> = [
    ['ExternalClientApplication', ['AQUILA']],
    ['ExtlClntAppGlobalOauthSettings', ['AQUILA_glbloauth']],
    ['ExtlClntAppOauthSettings', ['AQUILA_oauth']],
    ['ExtlClntAppOauthConfigurablePolicies', ['AQUILA_oauth_defaultPolicy', 'AQUILA_oauthPlcy']],
    ['ExtlClntAppConfigurablePolicies', ['AQUILA_defaultPolicy', 'AQUILA_plcy']],
  ];
  for (const [type, names] of rows) {
    it(`${type} is usually called ${names.join(' or ')}, and the first by this plugin`, () => {
      expect(usualPartNames(type, 'AQUILA')).to.deep.equal(names);
      expect(partName(type, 'AQUILA')).to.equal(names[0]);
    });
  }

  it('have at most 80 characters, whole endings, and never two underscores in a row', () => {
    const longest = `${'x'.repeat(59)}_${'y'.repeat(20)}`;
    expect(partName('ExtlClntAppOauthConfigurablePolicies', longest)).to.equal(`${'x'.repeat(59)}_oauth_defaultPolicy`);
    expect(usualPartNames('ExtlClntAppConfigurablePolicies', longest)).to.deep.equal([
      `${longest.slice(0, 66)}_defaultPolicy`,
      `${longest.slice(0, 75)}_plcy`,
    ]);
    for (const type of partTypes) {
      for (const name of usualPartNames(type, longest)) expect(name.length, name).to.be.at.most(80);
    }
  });
});
