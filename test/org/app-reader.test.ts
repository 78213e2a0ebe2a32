import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import type { AppHeader } from '../../src/app/settings.ts';
import { readKeyFrom } from '../../src/files/private-key.ts';
import { AppReader } from '../../src/org/app-reader.ts';
import { readClientId } from '../../src/org/client-id.ts';
import { findApp, findDeployed } from '../../src/org/find-app.ts';
import { openNetwork } from '../../src/org/http.ts';
import { readPreauthorisation, readUser } from '../../src/org/preauthorisation.ts';
import { openSession } from '../../src/org/session.ts';
import { example, presets } from '../emulator/index.ts';
import { AppOrg } from '../setup/app-org.ts';
import { inHome } from './home.ts';
import { refusalOf } from '../cert/refusal.ts';

describe('what an org says of its apps', () => {
  let org: AppOrg;
  beforeEach(async () => {
    org = await AppOrg.open('guide');
  });
  afterEach(() => org.close());

  const network = openNetwork({}, () => new Date());
  const read = <Result>(work: (reader: AppReader) => Promise<Result>, through = network): Promise<Result> =>
    inHome(org.env, async () => {
      const session = await openSession('admin', through, readKeyFrom);
      org.emulator.calls.clear();
      return work(new AppReader(session));
    });
  const found = async (reader: AppReader, name = 'AQUILA'): Promise<AppHeader> => {
    const answer = await findApp(reader, { name });
    if (!('value' in answer) || !answer.value.app) throw new Error(`not found: ${name}`);
    return answer.value.app;
  };
  const second = (more: object = {}): void =>
    void org.emulator.org.addApp({ clientId: '3MVG9second.app', name: 'Second App', ...more });

  describe('finding an app', () => {
    it('goes by label or name of metadata, in any letters, and asks each object once', async () => {
      second();
      await read(async (reader) => {
        for (const name of ['Second App', 'second app', ' SECOND_APP ']) {
          expect((await found(reader, name)).developerName).to.equal('Second_App');
        }
        expect(org.requests()).to.deep.equal(['query ExternalClientApplication', 'query ConnectedApplication']);
      });
    });

    it('answers with the names of all apps where none is meant', async () => {
      second({ kind: 'connected-app' });
      const answer = await read((reader) => findApp(reader, { name: 'AQILA' }));
      expect(answer).to.deep.equal({ value: { app: undefined, names: ['AQUILA', 'Second App'], unidentified: [] } });
    });

    it('prefers the external client app where both kinds have the name', async () => {
      second({ kind: 'connected-app', name: 'AQUILA', developerName: 'AQUILA' });
      expect((await read((reader) => found(reader))).kind).to.equal('external-client-app');
    });

    it('prefers the app that has the name in metadata to one that has it as its label', async () => {
      org.app().developerName = 'Other';
      second({ name: 'Renamed', developerName: 'AQUILA' });
      expect((await read((reader) => found(reader))).label).to.equal('Renamed');
    });

    for (const kind of ['external-client-app', 'connected-app'] as const) {
      it(`two apps of one label, the second a ${kind}: it stops and names both, and takes either by its API name`, async () => {
        second({ kind, name: 'aquila', developerName: 'AQUILA_2' });
        org.app().developerName = 'AQUILA_1';
        await read(async (reader) => {
          const error = await findApp(reader, { name: 'AQUILA' }).catch((thrown: unknown) => thrown);
          if (!(error instanceof SfError)) throw new Error('one of the two was taken');
          expect(error.name).to.equal('AppNameAmbiguous');
          for (const name of ['AQUILA_1', 'AQUILA_2']) {
            expect(error.message).to.include(name);
            expect(error.actions?.join()).to.include(`--name ${name}`);
            expect((await found(reader, name)).developerName).to.equal(name);
          }
        });
      });
    }

    it('is refused where the apps are hidden, unless it is a connected app', async () => {
      second({ kind: 'connected-app' });
      presets['admin-without-app-permissions'](org.emulator);
      await read(async (reader) => {
        expect(await findApp(reader, { name: 'AQUILA' })).to.have.nested.property('refused.errorCode', 'INVALID_TYPE');
        expect((await found(reader, 'Second App')).kind).to.equal('connected-app');
        expect(await findDeployed(reader, 'AQUILA')).to.have.nested.property('refused.errorCode', 'INVALID_TYPE');
      });
    });

    it('for a deployment goes by the name of metadata alone, and never finds a connected app', async () => {
      org.app().name = 'Renamed';
      second({ kind: 'connected-app' });
      await read(async (reader) => {
        expect(await findDeployed(reader, 'aquila')).to.have.nested.property('value.label', 'Renamed');
        expect(await findDeployed(reader, 'Renamed')).to.deep.equal({ value: undefined });
        expect(await findDeployed(reader, 'Second_App')).to.deep.equal({ value: undefined });
      });
    });

    for (const kind of ['external-client-app', 'connected-app'] as const) {
      it(`by client id finds a ${kind} among several`, async () => {
        second({ kind });
        const answer = await read((reader) => findApp(reader, { clientId: '3MVG9second.app' }));
        expect(answer).to.have.nested.property('value.app.label', 'Second App');
        expect(await read((reader) => findApp(reader, { clientId: 'nobody.has.this' }))).to.deep.equal({
          value: { app: undefined, names: [], unidentified: [] },
        });
      });
    }
  });

  describe('finding an app by a client id that metadata do not show', () => {
    const unidentified = async (clientId: string = example.clientId): Promise<string[] | string> =>
      read(async (reader) => {
        const answer = await findApp(reader, { clientId });
        if ('refused' in answer) return answer.refused.errorCode;
        return answer.value.app?.developerName ?? answer.value.unidentified.map(({ label }) => label);
      });
    const showByRest = (): void => {
      org.emulator.org.facts.clientSecretInRestApi = true;
      org.emulator.org.user(example.admin)!.permissions.viewClientSecret = true;
    };

    it('names the apps that it may be', async () => {
      second({ kind: 'connected-app' });
      org.emulator.switches.consumerKeyOnRetrieve = 'omitted';
      expect(await unidentified()).to.deep.equal(['AQUILA', 'Second App']);
      expect(org.requests().filter((name) => name === 'retrieve')).to.have.length(1);
    });

    it('has it from REST, and then knows which apps have another', async () => {
      org.emulator.switches.consumerKeyOnRetrieve = 'omitted';
      showByRest();
      expect(await unidentified()).to.equal('AQUILA');
      expect(await unidentified('nobody.has.this')).to.deep.equal([]);
    });

    it('asks REST of twenty apps, and not of more', async () => {
      org.emulator.switches.consumerKeyOnRetrieve = 'omitted';
      for (let at = 2; at <= 20; at += 1) org.emulator.org.addApp({ clientId: `id${at}`, name: `App ${at}` });
      showByRest();
      expect(await unidentified()).to.equal('AQUILA');
      second();
      expect(await unidentified()).to.have.length(21);
      expect(org.requests().join()).not.to.include('credentials');
    });

    it('looks under the usual names where the org lists no settings', async () => {
      org.emulator.switches.listMetadataEmpty = true;
      expect(await unidentified()).to.equal('AQUILA');
    });

    it('is not among apps without OAuth', async () => {
      second({ oauthEnabled: false, parts: { global: undefined, oauth: undefined, oauthPolicy: undefined } });
      second({ kind: 'connected-app', name: 'Third', oauthEnabled: false, clientId: 'third' });
      expect(await unidentified('nobody.has.this')).to.deep.equal([]);
    });
  });

  it('reads state, scopes, policy and settings of the app that is meant, and of no other', async () => {
    second({ scopes: ['api'], enabled: false, sessionTimeoutInMinutes: 90, callbackUrls: ['https://acme.com/x'] });
    await read(async (reader) => {
      const app = await found(reader, 'Second App');
      expect(await reader.state(app)).to.deep.equal({ value: { enabled: false, oauth: true } });
      expect(await reader.policy(app)).to.have.nested.property('value.sessionTimeout', 90);
      expect(await reader.oauth(app)).to.deep.nested.include({
        'value.clientId': '3MVG9second.app',
        'value.callbackUrls': ['https://acme.com/x'],
      });
      const parts = await reader.parts(app);
      expect('value' in parts && parts.value?.header.fullName).to.equal('Second_App');
      expect('value' in parts && parts.value?.policy?.fullName).to.equal('Second_App_plcy');
    });
  });

  it('finds the parts of an app although the org lists none of them', async () => {
    second();
    org.emulator.switches.listMetadataEmpty = true;
    await read(async (reader) => {
      const parts = await reader.parts(await found(reader, 'Second App'));
      const names = 'value' in parts ? Object.values(parts.value ?? {}).map((part) => part?.fullName) : [];
      expect(names).to.have.members([
        'Second_App',
        ...['Second_App_glbloauth', 'Second_App_oauth', 'Second_App_oauthPlcy', 'Second_App_plcy'],
      ]);
    });
  });

  it('finds the parts that this plugin gave to an app with the longest name, although the org lists none', async () => {
    const developerName = 'S'.repeat(80);
    const parts = {
      global: `${'S'.repeat(70)}_glbloauth`,
      oauth: `${'S'.repeat(74)}_oauth`,
      oauthPolicy: `${'S'.repeat(60)}_oauth_defaultPolicy`,
      policy: `${'S'.repeat(66)}_defaultPolicy`,
    };
    second({ developerName, parts });
    org.emulator.switches.listMetadataEmpty = true;
    await read(async (reader) => {
      const answer = await reader.parts(await found(reader, 'Second App'));
      const names = 'value' in answer ? Object.values(answer.value ?? {}).map((part) => part?.fullName) : [];
      expect(names).to.have.members([developerName, ...Object.values(parts)]);
      expect(await reader.byClientId('3MVG9second.app')).to.have.nested.property('value.developerName', developerName);
    });
  });

  it('finds the parts of an app although the org lists only those of another', async () => {
    second();
    const send: typeof network.send = async (request) => {
      const answer = await network.send(request);
      if (!String(request.body?.content).includes('listMetadata')) return answer;
      return {
        ...answer,
        body: answer.body.replace(/<result>(?:(?!<\/result>).)*Second_App(?:(?!<\/result>).)*<\/result>/gs, ''),
      };
    };
    const names = await read(
      async (reader) => {
        const parts = await reader.parts(await found(reader, 'Second App'));
        return 'value' in parts ? Object.values(parts.value ?? {}).map((part) => part?.fullName) : [];
      },
      { ...network, send }
    );
    expect(names).to.include.members(['Second_App_glbloauth', 'Second_App_oauthPlcy']);
  });

  it('a retrieve that is refused is an answer', async () => {
    presets['admin-without-modify-metadata'](org.emulator);
    await read(async (reader) => {
      expect(await reader.oauth(await found(reader))).to.have.property('refused');
    });
  });

  describe('the client id', () => {
    it('comes from the metadata, and REST is not asked', async () => {
      await read(async (reader) => {
        expect(await readClientId(reader, await found(reader))).to.equal(example.clientId);
        expect(org.requests().join()).not.to.include('credentials');
      });
    });

    it('comes from REST where the metadata do not show it, or stays unknown', async () => {
      org.emulator.switches.consumerKeyOnRetrieve = 'omitted';
      await read(async (reader) => expect(await readClientId(reader, await found(reader))).to.equal(undefined));
      org.emulator.org.facts.clientSecretInRestApi = true;
      org.emulator.org.user(example.admin)!.permissions.viewClientSecret = true;
      await read(async (reader) => expect(await readClientId(reader, await found(reader))).to.equal(example.clientId));
    });
  });

  describe('pre-authorisation', () => {
    it('names profiles and permission sets, and through which of them a user is let in', async () => {
      org.app().profiles = ['System Administrator'];
      await read(async (reader) => {
        const app = await found(reader);
        const answer = await readPreauthorisation(reader.session, app, example.username);
        if ('refused' in answer) throw new Error(answer.refused.message);
        expect(answer.value.grantees.map(({ kind, name }) => [kind, name])).to.have.deep.members([
          ['profile', 'System Administrator'],
          ['permission-set', example.permissionSet],
        ]);
        expect(answer.value.user).to.deep.include({ username: example.username, through: [example.permissionSet] });
        const admin = await readPreauthorisation(reader.session, app, example.admin);
        expect(admin).to.have.deep.nested.property('value.user.through', ['System Administrator']);
      });
    });

    it('nobody of the name is UserUnknown, with a query that finds the right one in this org', async () => {
      await read(async ({ session }) => {
        expect(await refusalOf(() => readUser(session, "o'neil@acme.com"))).to.equal('UserUnknown');
      });
    });

    it('an access object that is hidden is an answer', async () => {
      presets['admin-without-view-setup'](org.emulator);
      await read(async (reader) => {
        const answer = await readPreauthorisation(reader.session, await found(reader), undefined);
        expect(answer).to.have.nested.property('refused.errorCode', 'INVALID_TYPE');
      });
    });
  });
});
