import { expect } from 'chai';
import { example, exampleOrg, startEmulator } from './index.ts';
import type { Emulator } from './index.ts';
import { connect, deploy, fiveParts, permissionSet, problems, settleIn } from './metadata/client.ts';
import { accessToken, bearer, fixture, send } from './test-client.ts';
import type { Answered } from './test-client.ts';

const certificate = fixture('rsa2048.crt');
const sources = [...fiveParts('Vendor_App', certificate), permissionSet('Vendor_App_Access')];
const jobId = (body: string): string => /<id>(\w+)<\/id>/.exec(body)?.[1] ?? '';

describe('emulator: Metadata API on the wire', () => {
  let emulator: Emulator;
  let leave: () => void;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(certificate));
    leave = settleIn(emulator);
  });
  afterEach(async () => {
    leave();
    await emulator.stop();
  });

  const soap = (message: string, { session, version = '66.0' }: { session?: string; version?: string } = {}) => {
    const token = session ?? emulator.login(example.admin).accessToken;
    const namespaces =
      'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata"';
    const head = `<s:Header><SessionHeader><sessionId>${token}</sessionId></SessionHeader></s:Header>`;
    const body = `<?xml version="1.0"?><s:Envelope ${namespaces}>${head}<s:Body>${message}</s:Body></s:Envelope>`;
    const headers = { 'Content-Type': 'text/xml', SOAPAction: '""' };
    return send(emulator, `/services/Soap/m/${version}`, { method: 'POST', headers, body });
  };
  const faultOf = ({ status, body }: Answered): string[] => [
    String(status),
    /<faultcode>(.*)<\/faultcode>/.exec(body)?.[1] ?? body,
    /<faultstring>(.*)<\/faultstring>/.exec(body)?.[1] ?? body,
  ];
  const describeCall = '<describeMetadata><asOfVersion>66.0</asOfVersion></describeMetadata>';

  it('a session that is none is a fault, on which jsforce refreshes', async () => {
    const [status, code, text] = faultOf(await soap(describeCall, { session: 'none' }));
    expect([status, code]).to.deep.equal(['500', 'sf:INVALID_SESSION_ID']);
    expect(text).to.contain('INVALID_SESSION_ID: Invalid Session ID found in SessionHeader');
  });

  it('a token in JWT format serves from 68.0 on', async () => {
    emulator.org.user(example.username)!.permissions.modifyMetadata = true;
    emulator.org.app(example.clientId)!.tokenFormat = 'jwt';
    const session = await accessToken(emulator);
    const [, code] = faultOf(await soap(describeCall, { session, version: '67.0' }));
    expect(code).to.equal('sf:INVALID_SESSION_ID');
    expect((await soap(describeCall, { session, version: '68.0' })).status).to.equal(200);
  });

  it('without leave to modify metadata every call is refused, over REST too', async () => {
    emulator.org.user(example.admin)!.permissions.modifyMetadata = false;
    const [status, code, text] = faultOf(await soap(describeCall));
    expect([status, code]).to.deep.equal(['500', 'sf:INSUFFICIENT_ACCESS']);
    expect(text).to.contain('INSUFFICIENT_ACCESS: use of the Metadata API requires');
    const headers = bearer(emulator.login(example.admin).accessToken);
    const answer = await send(emulator, '/services/data/v66.0/metadata/deployRequest', { method: 'POST', headers });
    expect([answer.status, JSON.parse(answer.body)[0].errorCode]).to.deep.equal([403, 'INSUFFICIENT_ACCESS']);
  });

  it('describes the types of the feature only where the org has it', async () => {
    expect((await soap(describeCall)).body).to.contain(
      '<directoryName>extlClntAppPolicies</directoryName><inFolder>false</inFolder><metaFile>false</metaFile><suffix>ecaPlcy</suffix>'
    );
    emulator.org.facts.externalClientApps = false;
    expect((await soap(describeCall)).body).to.not.contain('extlClntApp');
    const [, code] = faultOf(
      await soap('<listMetadata><queries><type>ExternalClientApplication</type></queries></listMetadata>')
    );
    expect(code).to.equal('sf:INVALID_TYPE');
  });

  it('lists up to three types in a call, and may show nothing at all', async () => {
    const query = (type: string): string => `<queries><type>${type}</type></queries>`;
    const three = ['ExternalClientApplication', 'ExtlClntAppOauthSettings', 'PermissionSet'].map(query).join('');
    const names = ({ body }: Answered): string[] => [...body.matchAll(/<fullName>(\w+)</g)].map(([, one]) => one!);
    expect(names(await soap(`<listMetadata>${three}</listMetadata>`))).to.deep.equal([
      'AQUILA',
      'AQUILA_oauth',
      'AQUILA',
    ]);
    const [status] = faultOf(await soap(`<listMetadata>${three}${query('Profile')}</listMetadata>`));
    expect(status).to.equal('500');
    emulator.switches.listMetadataEmpty = true;
    expect(names(await soap(`<listMetadata>${three}</listMetadata>`))).to.deep.equal(['AQUILA']);
  });

  it('reads components by name, with an empty record for what is not there', async () => {
    const connection = await connect(emulator);
    const records = await connection.metadata.read('ExtlClntAppConfigurablePolicies' as 'Profile', [
      'AQUILA_plcy',
      'None',
    ]);
    expect(records[0]).to.include({ fullName: 'AQUILA_plcy', externalClientApplication: 'AQUILA', isEnabled: 'true' });
    expect(records[1]).to.not.have.property('fullName');
  });

  it('an element is described as unknown to a version before the one that brought it', async () => {
    const read =
      '<readMetadata><type>ExtlClntAppGlobalOauthSettings</type><fullNames>AQUILA_glbloauth</fullNames></readMetadata>';
    expect((await soap(read, { version: '66.0' })).body).to.not.contain('isEnforceRefreshTokenTTL');
    expect((await soap(read, { version: '67.0' })).body).to.contain('<isEnforceRefreshTokenTTL>false<');
  });

  it('a deploy is in progress for as many status requests as the switch says', async () => {
    emulator.switches.metadataPolls = 3;
    await deploy(await connect(emulator), sources);
    const asked = emulator.calls.filter(({ body }) => body.includes('checkDeployStatus'));
    expect(asked).to.have.length(4);
  });

  it('a deploy over REST does the same as over SOAP', async () => {
    const result = await deploy(await connect(emulator), sources, { rest: true });
    expect(problems(result)).to.deep.equal([]);
    expect(result.response).to.include({ status: 'Succeeded', numberComponentsDeployed: 6 });
    expect(emulator.calls.some(({ path }) => path.endsWith('/metadata/deployRequest'))).to.equal(true);
    expect(emulator.org.apps.map(({ developerName }) => developerName)).to.include('Vendor_App');
  });

  it('a deploy that is cancelled while it runs leaves nothing behind; one that is done cannot be', async () => {
    const connection = await connect(emulator);
    emulator.switches.metadataPolls = 5;
    await deploy(connection, sources);
    const { body } = emulator.calls.find((call) => call.body.includes('<deploy>'))!;
    emulator.org.removeApp('c0ffee00c0ffee00c0ffee00c0ffee00');
    const id = jobId((await soap(/<deploy>.*<\/deploy>/s.exec(body)![0])).body);
    expect(emulator.org.apps).to.have.length(2);
    expect((await soap(`<cancelDeploy><id>${id}</id></cancelDeploy>`)).body).to.contain(
      `<done>true</done><id>${id}</id>`
    );
    expect(emulator.org.apps).to.have.length(1);
    const status = await soap(`<checkDeployStatus><asyncProcessId>${id}</asyncProcessId></checkDeployStatus>`);
    expect(status.body).to.contain('<status>Canceled</status><success>false</success>').and.not.contain('<details>');
    expect(faultOf(await soap(`<cancelDeploy><id>${id}</id></cancelDeploy>`))[0]).to.equal('500');
    const headers = bearer(emulator.login(example.admin).accessToken);
    const patch = await send(emulator, `/services/data/v66.0/metadata/deployRequest/${id}`, {
      ...{ method: 'PATCH', headers: { ...headers, 'Content-Type': 'application/json' } },
      body: JSON.stringify({ deployResult: { status: 'Canceling' } }),
    });
    expect(patch.status).to.equal(400);
  });

  it('an operation, a job or a body that the org does not know is a fault', async () => {
    for (const message of [
      '<renameMetadata/>',
      '<checkDeployStatus><asyncProcessId>0Af000000000000AAA</asyncProcessId></checkDeployStatus>',
      '<checkRetrieveStatus><asyncProcessId>09S000000000000AAA</asyncProcessId></checkRetrieveStatus>',
      '<deploy>',
    ]) {
      expect(faultOf(await soap(message))[0], message).to.equal('500');
    }
  });
});
