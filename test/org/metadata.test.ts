import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthInfo, Lifecycle } from '@salesforce/core';
import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import { readKeyFrom } from '../../src/files/private-key.ts';
import { openNetwork } from '../../src/org/http.ts';
import {
  deployMetadata,
  listMetadata,
  retrieveMetadata,
  type DeployOptions,
  type DeployOutcome,
  type MetadataComponent,
  type MetadataName,
} from '../../src/org/metadata.ts';
import { openSession, type Answer, type OrgSession } from '../../src/org/session.ts';
import { example, exampleOrg, startEmulator, trustInProcess, type Emulator } from '../emulator/index.ts';
import { startLoopbackProxy } from '../emulator/loopback-proxy.ts';
import { accessToken as accessTokenOf, fixture } from '../emulator/test-client.ts';
import { temporaryHome } from './home.ts';
import { storeAdmin } from './stored-admin.ts';

const partTypes = [
  'ExternalClientApplication',
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthSettings',
  'ExtlClntAppOauthConfigurablePolicies',
  'ExtlClntAppConfigurablePolicies',
];

const component = (type: string, fullName: string, fields: Record<string, string>): MetadataComponent => {
  const elements = Object.entries(fields).map(([name, value]) => `    <${name}>${value}</${name}>\n`);
  const namespace = 'http://soap.sforce.com/2006/04/metadata';
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${namespace}">\n${elements.join('')}</${type}>\n`;
  return { type, fullName, xml };
};

/** An app that the example org does not have, whole. */
const newApp = (changes: Record<string, string> = {}): MetadataComponent[] => {
  const parent = { externalClientApplication: 'Siem' };
  return [
    component('ExternalClientApplication', 'Siem', {
      contactEmail: 'ada@acme.com',
      distributionState: 'Local',
      label: 'Zażółć &amp; SIEM',
    }),
    component('ExtlClntAppGlobalOauthSettings', 'Siem_glbloauth', {
      callbackUrl: 'http://localhost:1717/OauthRedirect',
      consumerKey: 'c0ffee00c0ffee00c0ffee00c0ffee00',
      ...parent,
    }),
    component('ExtlClntAppOauthSettings', 'Siem_oauth', {
      commaSeparatedOauthScopes: 'Api, Web, RefreshToken',
      ...parent,
      ...changes,
    }),
  ];
};

describe('metadata through the session', () => {
  let emulator: Emulator;
  let distrust: () => void;
  let leave: () => void;
  let session: OrgSession;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    distrust = trustInProcess(emulator.tlsCertificate);
    ({ leave } = temporaryHome());
    await storeAdmin(emulator);
    session = await open();
  });
  afterEach(async () => {
    leave();
    distrust();
    await emulator.stop();
  });

  const open = (environment: NodeJS.ProcessEnv = {}, now = () => new Date()): Promise<OrgSession> =>
    openSession('admin', openNetwork(environment, now), readKeyFrom);

  /** Nobody waits in tests; what would have been waited is written down. */
  let pauses: number[] = [];
  beforeEach(() => {
    pauses = [];
  });
  const pause = (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds);
    return Promise.resolve();
  };
  const deploy = (
    what: { deploy: readonly MetadataComponent[]; remove?: readonly MetadataName[] },
    options: DeployOptions = {}
  ): Promise<Answer<DeployOutcome>> => deployMetadata(session, what, { pause, ...options });
  const retrieve = (names: readonly MetadataName[]): ReturnType<typeof retrieveMetadata> =>
    retrieveMetadata(session, names, { pause });

  const valueOf = <T>(answer: Answer<T>): T => {
    if ('refused' in answer) throw new Error(answer.refused.message);
    return answer.value;
  };
  async function failure(work: Promise<unknown>): Promise<SfError> {
    try {
      await work;
    } catch (error) {
      if (error instanceof SfError) return error;
      throw error;
    }
    throw new Error('it succeeded');
  }
  const routes = (): string[] => emulator.calls.map(({ method, path }) => `${method} ${path.replace(/0Af\w+/, 'ID')}`);
  const deployRequest = '/services/data/v66.0/metadata/deployRequest';

  describe('a list', () => {
    it('names all components of the types, three types in a request', async () => {
      const names = valueOf(await listMetadata(session, partTypes));
      expect(names).to.have.deep.members([
        { type: 'ExternalClientApplication', fullName: 'AQUILA' },
        { type: 'ExtlClntAppGlobalOauthSettings', fullName: 'AQUILA_glbloauth' },
        { type: 'ExtlClntAppOauthSettings', fullName: 'AQUILA_oauth' },
        { type: 'ExtlClntAppOauthConfigurablePolicies', fullName: 'AQUILA_oauthPlcy' },
        { type: 'ExtlClntAppConfigurablePolicies', fullName: 'AQUILA_plcy' },
      ]);
      expect(routes()).to.deep.equal(Array.from({ length: 2 }, () => 'POST /services/Soap/m/66.0'));
    });

    it('of a type without components is empty', async () => {
      emulator.org.apps.length = 0;
      expect(await listMetadata(session, partTypes)).to.deep.equal({ value: [] });
    });

    it("of a type that the org does not know is a refusal in the org's words", async () => {
      expect(await listMetadata(session, ['NoSuchType'])).to.deep.equal({
        refused: {
          status: 500,
          errorCode: 'INVALID_TYPE',
          message: "INVALID_TYPE: Entity type: 'NoSuchType' is unknown",
        },
      });
    });

    it('by a user who may not is a refusal', async () => {
      emulator.org.user(example.admin)!.permissions.modifyMetadata = false;
      expect(await listMetadata(session, partTypes)).to.have.nested.property(
        'refused.errorCode',
        'INSUFFICIENT_ACCESS'
      );
    });

    it('renews an expired session once, for all its requests', async () => {
      emulator.org.expireTokens();
      expect(valueOf(await listMetadata(session, partTypes))).to.have.length(5);
      expect(emulator.calls.tokenRequests()).to.have.length(1);
      expect(emulator.calls).to.have.length(5);
    });

    it('speaks SOAP 68.0 with an access token in JWT format', async () => {
      const app = emulator.org.app(example.clientId)!;
      const user = emulator.org.user(example.admin)!;
      app.tokenFormat = 'jwt';
      app.permissionSets.push('AQUILA');
      user.permissionSets.push('AQUILA');
      const accessToken = await accessTokenOf(emulator, { sub: example.admin });
      await (await AuthInfo.create({ username: example.admin })).save({ accessToken });
      session = await open();
      expect(valueOf(await listMetadata(session, ['ExternalClientApplication']))).to.have.length(1);
      expect(routes().slice(-1)).to.deep.equal(['POST /services/Soap/m/68.0']);
    });

    it('is not sent on by a redirect, and the token in its body stays', async () => {
      emulator.faults.set({ kind: 'redirect', to: emulator.loginUrl, face: 'my-domain', status: 307 });
      expect(await failure(listMetadata(session, ['ExternalClientApplication']))).to.have.property(
        'name',
        'RedirectRefused'
      );
      expect(emulator.calls.map(({ face }) => face)).to.deep.equal(['my-domain']);
    });

    it('goes through HTTPS_PROXY, and asks no DNS for the org', async () => {
      const proxy = await startLoopbackProxy();
      try {
        session = await open({ HTTPS_PROXY: proxy.url });
        valueOf(await listMetadata(session, ['ExternalClientApplication']));
        expect(proxy.tunnels).to.deep.equal([new URL(emulator.myDomainUrl).host]);
      } finally {
        await proxy.stop();
      }
    });
  });

  describe('an answer that is no answer', () => {
    const kinds = [
      { kind: 'html', status: 200 },
      { kind: 'truncated' },
      { kind: 'garbage' },
      { kind: 'status', status: 200, body: 'null' },
      { kind: 'status', status: 200, body: '{}' },
      { kind: 'status', status: 500, body: '' },
    ] as const;
    for (const fault of kinds) {
      const what = [fault.kind, 'body' in fault ? `with "${fault.body}"` : ''].join(' ').trim();
      it(`${what} is OrgUnavailable, to a list and to a deploy`, async () => {
        emulator.faults.set({ ...fault, path: '/services/Soap' });
        emulator.faults.set({ ...fault, path: deployRequest });
        expect(await failure(listMetadata(session, ['Settings']))).to.have.property('name', 'OrgUnavailable');
        expect(await failure(deploy({ deploy: newApp() }))).to.have.property('name', 'OrgUnavailable');
      });

      it(`${what} to a question for the state is asked again`, async () => {
        emulator.faults.set({ ...fault, path: `${deployRequest}/`, times: 3 });
        expect(valueOf(await deploy({ deploy: newApp() }))).to.have.property('succeeded', true);
      });
    }
  });

  describe('a retrieve', () => {
    it('brings the files as the org writes them, with certificate and client id', async () => {
      const [file, ...more] = valueOf(
        await retrieve([{ type: 'ExtlClntAppGlobalOauthSettings', fullName: 'AQUILA_glbloauth' }])
      );
      expect(more).to.deep.equal([]);
      expect(file).to.include({ type: 'ExtlClntAppGlobalOauthSettings', fullName: 'AQUILA_glbloauth' });
      expect(file?.xml).to.match(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<ExtlClntAppGlobalOauthSettings /);
      expect(file?.xml).to.include(example.clientId).and.include(fixture('rsa2048.crt').split('\n')[1]);
    });

    it('leaves out what the org does not have', async () => {
      const names = ['AQUILA', 'Other'].map((fullName) => ({ type: 'ExternalClientApplication', fullName }));
      expect(valueOf(await retrieve(names)).map(({ fullName }) => fullName)).to.deep.equal(['AQUILA']);
    });

    it('of nothing asks nobody', async () => {
      expect(await retrieve([])).to.deep.equal({ value: [] });
      expect(emulator.calls).to.have.length(0);
    });

    it('is a refusal where the org does not show a type, and not an empty list', async () => {
      emulator.org.facts.externalClientApps = false;
      const answer = await retrieve([{ type: 'ExternalClientApplication', fullName: 'AQUILA' }]);
      expect(answer).to.have.nested.property('refused.message').that.includes('ExternalClientApplication');
    });

    it('asks until the job is done, at first often', async () => {
      emulator.switches.metadataPolls = 8;
      await retrieve([{ type: 'ExternalClientApplication', fullName: 'AQUILA' }]);
      expect(pauses).to.have.length(9);
      expect(pauses.slice(0, 3)).to.deep.equal([200, 300, 450]);
      expect(pauses.at(-1)).to.equal(2000);
    });
  });

  describe('a deploy', () => {
    it('makes an app, byte for byte as it was written', async () => {
      const outcome = valueOf(await deploy({ deploy: newApp() }));
      expect(outcome).to.include({ succeeded: true }).and.deep.include({ failures: [], warnings: [] });
      const app = emulator.org.app('c0ffee00c0ffee00c0ffee00c0ffee00');
      expect(app).to.include({ developerName: 'Siem', name: 'Zażółć & SIEM', contactEmail: 'ada@acme.com' });
      expect(routes()).to.deep.equal([`POST ${deployRequest}`, `GET ${deployRequest}/ID`, `GET ${deployRequest}/ID`]);
    });

    it('tells how far it is', async () => {
      const progress: Array<[number, number]> = [];
      await deploy({ deploy: newApp() }, { onProgress: (done, total) => progress.push([done, total]) });
      expect(progress.at(-1)).to.deep.equal([3, 3]);
    });

    it('that only validates changes nothing', async () => {
      const before = emulator.org.apps.length;
      expect(valueOf(await deploy({ deploy: newApp() }, { checkOnly: true }))).to.have.property('succeeded', true);
      expect(emulator.org.apps).to.have.length(before);
    });

    it('that fails says per component why, in the words of the org, and changes nothing', async () => {
      const before = emulator.org.apps.length;
      const outcome = valueOf(await deploy({ deploy: newApp({ commaSeparatedOauthScopes: 'Api, Webb' }) }));
      expect(outcome.succeeded).to.equal(false);
      const [first] = outcome.failures;
      expect(first).to.include({ type: 'ExtlClntAppOauthSettings', fullName: 'Siem_oauth' });
      expect(first?.problem).to.include("There's a problem with your scope(s): Webb");
      expect(emulator.org.apps).to.have.length(before);
    });

    it('removes, and warns of what was not there', async () => {
      const remove = ['AQUILA', 'Other'].map((fullName) => ({ type: 'ExternalClientApplication', fullName }));
      const outcome = valueOf(await deploy({ deploy: [], remove }));
      expect(outcome).to.include({ succeeded: true }).and.deep.include({ failures: [] });
      expect(outcome.warnings.map(({ problem }) => problem)).to.deep.equal([
        'No ExternalClientApplication named: Other found',
      ]);
      expect(emulator.org.apps).to.have.length(0);
    });

    it('removes and deploys in one', async () => {
      const remove = [{ type: 'ExternalClientApplication', fullName: 'AQUILA' }];
      expect(valueOf(await deploy({ deploy: newApp(), remove }))).to.have.property('succeeded', true);
      expect(emulator.org.apps.map(({ developerName }) => developerName)).to.deep.equal(['Siem']);
    });

    it('asks for no tests, also in an org that insists on them', async () => {
      emulator.org.facts.testsRequired = true;
      expect(valueOf(await deploy({ deploy: newApp() }))).to.have.property('succeeded', true);
    });

    it('asks for the tests that it is told to, and says why the org would not', async () => {
      emulator.org.facts.testsRequired = true;
      const outcome = valueOf(await deploy({ deploy: newApp() }, { testLevel: 'NoTestRun' }));
      expect(outcome.succeeded).to.equal(false);
      expect(outcome.message).to.include('testLevel of NoTestRun cannot be used in production organizations');
    });

    it('by a user who may not is a refusal', async () => {
      emulator.org.user(example.admin)!.permissions.modifyMetadata = false;
      expect(await deploy({ deploy: newApp() })).to.have.nested.property('refused.status', 403);
    });

    it('renews a session that expires on the way', async () => {
      emulator.switches.metadataPolls = 2;
      const expiring = (milliseconds: number): Promise<void> => {
        if (pauses.length === 1) emulator.org.expireTokens();
        return pause(milliseconds);
      };
      expect(valueOf(await deploy({ deploy: newApp() }, { pause: expiring }))).to.have.property('succeeded', true);
      expect(emulator.calls.tokenRequests()).to.have.length(1);
    });

    it('goes on asking where three questions in a row are lost', async () => {
      emulator.faults.set({ kind: 'reset', path: `${deployRequest}/`, times: 1 });
      emulator.faults.set({ kind: 'html', path: `${deployRequest}/`, times: 1, status: 503 });
      emulator.faults.set({ kind: 'cutOff', path: `${deployRequest}/`, times: 3 });
      expect(valueOf(await deploy({ deploy: newApp() }))).to.have.property('succeeded', true);
      expect(emulator.calls.filter(({ method }) => method === 'POST')).to.have.length(1);
    });

    it('is MetadataOutcomeUnknown where four are lost, and names the job that goes on', async () => {
      emulator.faults.set({ kind: 'reset', path: `${deployRequest}/` });
      const error = await failure(deploy({ deploy: newApp() }));
      expect(error.name).to.equal('MetadataOutcomeUnknown');
      expect(error.message).to.match(/deployment as job 0Af\w{15}/);
      expect(emulator.calls.filter(({ method }) => method === 'GET')).to.have.length(4);
      expect(emulator.org.app('c0ffee00c0ffee00c0ffee00c0ffee00')).not.to.equal(undefined);
    });

    it('is sent once, also where its answer is lost', async () => {
      emulator.faults.set({ kind: 'reset', path: deployRequest });
      expect(await failure(deploy({ deploy: newApp() }))).to.have.property('name', 'ConnectionLost');
      expect(emulator.calls).to.have.length(1);
    });

    it('is MetadataTimedOut after ten minutes, and no sooner', async () => {
      emulator.switches.metadataPolls = 100_000;
      let time = Date.parse('2026-11-21T10:00:00Z');
      session = await open({}, () => new Date(time));
      const passing = (): Promise<void> => {
        time += 30_000;
        return Promise.resolve();
      };
      expect(await failure(deploy({ deploy: newApp() }, { pause: passing }))).to.have.property(
        'name',
        'MetadataTimedOut'
      );
      expect(emulator.calls.filter(({ method }) => method === 'GET')).to.have.length(21);
    });

    it('tells no other plugin of what it deploys', async () => {
      const told: string[] = [];
      const lifecycle = Lifecycle.getInstance();
      const events = ['scopedPreDeploy', 'scopedPostDeploy', 'scopedPreRetrieve', 'scopedPostRetrieve', 'telemetry'];
      for (const event of events) {
        lifecycle.on(event, () => Promise.resolve(void told.push(event)), 'the test');
      }
      try {
        await deploy({ deploy: newApp() });
        await retrieve([{ type: 'ExternalClientApplication', fullName: 'Siem' }]);
      } finally {
        for (const event of events) lifecycle.removeAllListeners(event);
      }
      expect(told).to.deep.equal([]);
    });

    describe('in the folder of a project', () => {
      let project: string;
      const before = process.cwd();
      beforeEach(() => {
        project = mkdtempSync(join(tmpdir(), 'aquila-project-'));
        const replacements = [{ glob: '**/*.xml', stringToReplace: 'ada@acme.com', replaceWithEnv: 'HOME' }];
        const packageDirectories = [{ path: 'force-app', default: true }];
        mkdirSync(join(project, 'force-app'));
        writeFileSync(join(project, 'sfdx-project.json'), JSON.stringify({ packageDirectories, replacements }));
        writeFileSync(join(project, '.forceignore'), '**\n');
        process.chdir(project);
      });
      afterEach(() => {
        process.chdir(before);
        rmSync(project, { recursive: true, force: true });
      });

      it('neither its replacements nor its .forceignore touch what is deployed and retrieved', async () => {
        expect(valueOf(await deploy({ deploy: newApp() }))).to.have.property('succeeded', true);
        const [file] = valueOf(await retrieve([{ type: 'ExternalClientApplication', fullName: 'Siem' }]));
        expect(file?.xml).to.include('<contactEmail>ada@acme.com</contactEmail>');
      });
    });
  });
});
