import { expect } from 'chai';
import type { Part, PartType } from '../../src/app/component.ts';
import { matchParts } from '../../src/app/found.ts';

const part = (type: PartType, fullName: string, parent?: string): Part => ({
  type,
  fullName,
  fields: parent === undefined ? {} : { externalClientApplication: parent },
});
const header = part('ExternalClientApplication', 'AQUILA');
const oauth = part('ExtlClntAppOauthSettings', 'whatever', 'AQUILA');
const policy = part('ExtlClntAppOauthConfigurablePolicies', 'Other_oauthPlcy', 'aquila');
const others = [
  part('ExternalClientApplication', 'Other'),
  part('ExtlClntAppOauthSettings', 'AQUILA_oauth', 'Other'),
  part('ExtlClntAppGlobalOauthSettings', 'AQUILA_glbloauth'),
];

describe('app: the parts of one app among all', () => {
  it('are those that name it as their app, whatever they are called themselves', () => {
    expect(matchParts([...others, oauth, policy, header], { fullName: 'AQUILA' })).to.deep.equal({
      header,
      global: undefined,
      oauth,
      oauthPolicy: policy,
      policy: undefined,
    });
  });

  it('are none where the app itself is missing', () =>
    expect(matchParts([...others, oauth, policy], { fullName: 'AQUILA' })).to.be.undefined);
});
