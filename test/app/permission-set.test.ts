import { expect } from 'chai';
import {
  collectorPermissions,
  permissionSetOf,
  planPermissionSet,
  realTimePermission,
  type PermissionSetReading,
} from '../../src/app/permission-set.ts';

const wanted = [...collectorPermissions, realTimePermission];
const plan = (xml?: string): Promise<PermissionSetReading> => planPermissionSet('AQUILA_Collector', wanted, xml);

const file = (inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">${inner}</PermissionSet>`;
const right = (name: string, enabled = true): string =>
  `<userPermissions><enabled>${enabled}</enabled><name>${name}</name></userPermissions>`;
const ours = '<description>Kept, managed by sf aquila</description><label>Ours</label>';

describe('planPermissionSet', () => {
  it('a new one has a label, our marker and the permissions, in the order of the alphabet, and no licence', async () => {
    const reading = await plan();
    expect(reading).to.deep.equal({
      plan: {
        ...{ name: 'AQUILA_Collector', created: true, lacking: wanted },
        xml: [
          '<?xml version="1.0" encoding="UTF-8"?>',
          '<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">',
          '    <description>Lets the log collector of CyTech AQUILA log in without a person, managed by sf aquila</description>',
          '    <hasActivationRequired>false</hasActivationRequired>',
          '    <label>AQUILA Collector</label>',
          ...wanted.flatMap(({ name }) => [
            '    <userPermissions>',
            '        <enabled>true</enabled>',
            `        <name>${name}</name>`,
            '    </userPermissions>',
          ]),
          '</PermissionSet>',
          '',
        ].join('\n'),
      },
    });
  });

  it('one that has all of it is left alone, whoever made it', async () => {
    const rights = wanted.map(({ name }) => right(name)).join('');
    const reading = await plan(file(`<label>Theirs</label>${rights}${right('ViewSetup')}`));
    expect(reading).to.deep.include({
      plan: { name: 'AQUILA_Collector', created: false, lacking: [], xml: undefined },
    });
  });

  it('ours gets what it lacks, a permission that is switched off too, and keeps the rest', async () => {
    const reading = await plan(
      file(`${ours}${right('ApiEnabled')}${right('ViewEventLogFiles', false)}${right('ViewSetup')}`)
    );
    if (!('plan' in reading)) throw new Error('it is ours');
    expect(reading.plan.lacking.map(({ name }) => name)).to.deep.equal(['ViewEventLogFiles', 'ViewDataLeakageEvents']);
    const { xml = '' } = reading.plan;
    expect(xml)
      .to.include('<description>Kept, managed by sf aquila</description>')
      .and.include('<name>ViewSetup</name>');
    expect(xml.match(/ViewEventLogFiles/g)).to.have.length(1);
    expect((await plan(xml)) satisfies PermissionSetReading).to.deep.include({
      plan: { name: 'AQUILA_Collector', created: false, lacking: [], xml: undefined },
    });
  });

  it('that of somebody else that lacks something is not ours to change', async () => {
    const reading = await plan(file(`<label>Theirs</label>${right('ApiEnabled')}`));
    expect(reading).to.deep.equal({ foreign: { lacking: wanted.slice(1) } });
  });

  it('is called as the app', () => expect(permissionSetOf('Acme_SIEM')).to.equal('Acme_SIEM_Collector'));
});
