import { expect } from 'chai';
import { nextAppName, readAppName } from '../../src/app/name.ts';

const rows: Array<[label: string, developerName: string]> = [
  ['AQUILA', 'AQUILA'],
  ['  Vendor App ', 'Vendor_App'],
  ['Vendor -- App', 'Vendor_App'],
  ['R&D (test)', 'R_D_test'],
  ['_secret_', 'secret'],
  ['Überwachung', 'Uberwachung'],
  ['2nd App', 'X2nd_App'],
  [`${'a'.repeat(59)} bc`, 'a'.repeat(59)],
  ['x'.repeat(80), 'x'.repeat(60)],
];

describe('app: the name', () => {
  for (const [label, developerName] of rows) {
    it(`"${label}" becomes ${developerName}`, () =>
      expect(readAppName(label)).to.deep.equal({ label: label.trim(), developerName }));
  }

  const next: Array<[label: string, after: string]> = [
    ['AQUILA', 'AQUILA 2'],
    [' AQUILA 2 ', 'AQUILA 3'],
    ['AQUILA 9', 'AQUILA 10'],
    ['Vendor App', 'Vendor App 2'],
    ['2', '2 2'],
    ['SOC 24/7', 'SOC 24/7 2'],
    ['x'.repeat(80), `${'x'.repeat(58)} 2`],
  ];
  for (const [label, after] of next) {
    it(`the app after "${label}" is "${after}", which has a developer name of its own`, () => {
      expect(nextAppName(label)).to.equal(after);
      const names = [label, after].map((one) => readAppName(one));
      expect(names[0]).not.to.deep.equal(names[1]);
      expect(names.map((one) => 'developerName' in one && one.developerName.length <= 60)).to.deep.equal([true, true]);
    });
  }

  const refused: Array<[label: string, code: string]> = [
    ['', 'AppNameInvalid'],
    [' ', 'AppNameInvalid'],
    ['監視', 'AppNameInvalid'],
    ['A\u0007B', 'AppNameInvalid'],
    ['A\u202EB', 'AppNameInvalid'],
    ['x'.repeat(81), 'AppNameTooLong'],
  ];
  for (const [label, code] of refused) {
    it(`${JSON.stringify(label)} is refused: ${code}`, () =>
      expect(readAppName(label)).to.have.nested.property('problem.code', code));
  }
});
