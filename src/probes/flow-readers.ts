import { orgOauth, type OrgSettings } from '../app/org-settings.ts';
import type { AppHeader, AppPolicy } from '../app/settings.ts';
import type { AppRead } from '../checks/facts.ts';
import type { FlowAside, FlowRead } from '../checks/flow-facts.ts';
import type { Reading, Readers } from '../checks/run.ts';
import type { AppReader } from '../org/app-reader.ts';
import { readAppTokens } from '../org/app-tokens.ts';
import { readFlowLogins } from '../org/flow-logins.ts';
import { readNamableUsers } from '../org/namable-users.ts';
import { once } from '../org/once.ts';
import { readOrgSettings } from '../org/org-settings.ts';
import { readRegistrationEndpoint } from '../org/registration.ts';
import { readRunAs } from '../org/run-as.ts';
import type { Answer } from '../org/session.ts';
import type { SignOnReader } from '../org/sign-on.ts';
import { readSight, type Sight } from '../org/sight.ts';
import { guarded } from './guarded.ts';
import { permissions, unreadable } from './unreadable.ts';

/** One reader per fact of the flows, and what they were read from. */
export type FlowSources = {
  readers: Readers<keyof FlowRead | keyof FlowAside>;
  orgSettings: () => Promise<Reading<OrgSettings>>;
};

type AppSources = Pick<Readers<keyof AppRead>, 'app' | 'appPolicy' | 'preauthorisation'>;

export function makeFlowReaders(reader: AppReader, signOn: SignOnReader, sources: AppSources): FlowSources {
  const { session } = reader;
  const orgSettings = once(() => guarded(async () => asReading(await readOrgSettings(session), permissions.metadata)));
  const sight = once(() => readSight(session));
  /** What is told only where it is seen whole, and never stands in the way of a check. */
  const ifSeen = async <Value>(
    what: keyof Sight,
    read: () => Promise<Answer<Value>>
  ): Promise<Reading<Value | undefined>> => {
    const reading = await guarded<Value | undefined>(async () => {
      const [seen, answer] = await Promise.all([sight(), read()]);
      return { value: 'value' in seen && seen.value[what] && 'value' in answer ? answer.value : undefined };
    });
    return 'value' in reading ? reading : { value: undefined };
  };
  const readers: FlowSources['readers'] = {
    orgOauth: async () => mapped(await orgSettings(), orgOauth),
    appExchange: () =>
      guarded(() =>
        after(sources.app(), 'app-found', async (app: AppHeader) => {
          const reading = asReading(await reader.exchange(app), permissions.metadata);
          if (!('value' in reading)) return reading;
          return reading.value === undefined ? { denied: permissions.metadata } : { value: reading.value };
        })
      ),
    runAs: () =>
      guarded<FlowRead['runAs']>(() =>
        after<AppPolicy, FlowRead['runAs']>(
          sources.appPolicy(),
          'app-permitted-users',
          async ({ clientCredentialsUser: user }) =>
            user === undefined ? { value: undefined } : asReading(await readRunAs(session, user), permissions.access)
        )
      ),
    namableUsers: () =>
      guarded(() =>
        after(sources.preauthorisation(), 'user-preauthorized', async ({ grantees }) =>
          asReading(await readNamableUsers(session, grantees), permissions.access)
        )
      ),
    registration: () =>
      guarded(async () => {
        const [apps, endpoint] = await Promise.all([signOn.apps(), readRegistrationEndpoint(session)]);
        return mapped(asReading(apps, permissions.metadata), ({ oauth }) => ({ endpoint, apps: oauth }));
      }),
    flowLogins: () => ifSeen('logins', () => readFlowLogins(session)),
    appTokens: async () => {
      const app = await sources.app();
      return 'value' in app ? ifSeen('tokens', () => readAppTokens(session, app.value)) : { value: undefined };
    },
  };
  return { readers, orgSettings };
}

/** What is read after another fact, whose check answers where that can't be had. */
async function after<First, Value>(
  first: Promise<Reading<First>>,
  check: 'app-found' | 'app-permitted-users' | 'user-preauthorized',
  read: (value: First) => Promise<Reading<Value>>
): Promise<Reading<Value>> {
  const reading = await first;
  if ('value' in reading) return read(reading.value);
  return { blocked: 'blocked' in reading ? reading.blocked : check };
}

const asReading = <Value>(answer: Answer<Value>, permission: string): Reading<Value> =>
  'refused' in answer ? unreadable(answer.refused, permission) : answer;

const mapped = <From, To>(reading: Reading<From>, make: (value: From) => To): Reading<To> =>
  'value' in reading ? { value: make(reading.value) } : reading;
