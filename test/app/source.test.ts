import { expect } from 'chai';
import { sourcePath, type SourceType } from '../../src/app/source.ts';

const rows: Array<[SourceType, string]> = [
  ['ExternalClientApplication', 'externalClientApps/A.eca-meta.xml'],
  ['ExtlClntAppGlobalOauthSettings', 'extlClntAppGlobalOauthSets/A.ecaGlblOauth-meta.xml'],
  ['ExtlClntAppOauthSettings', 'extlClntAppOauthSettings/A.ecaOauth-meta.xml'],
  ['ExtlClntAppOauthConfigurablePolicies', 'extlClntAppOauthPolicies/A.ecaOauthPlcy-meta.xml'],
  ['ExtlClntAppConfigurablePolicies', 'extlClntAppPolicies/A.ecaPlcy-meta.xml'],
  ['PermissionSet', 'permissionsets/A.permissionset-meta.xml'],
  ['ConnectedApp', 'connectedApps/A.connectedApp-meta.xml'],
];

describe('app: the place of a component in a source tree', () => {
  for (const [type, path] of rows) {
    it(`${type} lies in ${path}`, () => expect(sourcePath(type, 'A')).to.equal(path));
  }
});
