import type { OrgSettings } from '../app/org-settings.ts';
import { inside, isTrue, textOf } from '../app/words.ts';
import type { Fields } from '../app/component.ts';
import type { SoughtApp } from '../checks/facts.ts';
import type { Denied, Reading, Readers } from '../checks/run.ts';
import type { SsoRead } from '../checks/sso-facts.ts';
import type { SignOnReader } from '../org/sign-on.ts';
import type { Answer } from '../org/session.ts';
import { guarded } from './guarded.ts';
import { permissions, unreadable } from './unreadable.ts';

/** What shows Auth. Providers takes two (docs/reference/single-sign-on.md §5). */
const forProviders = 'permissions "Customize Application" and "Manage Auth. Providers"';
const deniedProviders: Denied = {
  denied: 'Manage Auth. Providers',
  detail: `this can be read only with the ${forProviders}`,
  fix: `give the user of this login the ${forProviders}`,
};

type Settings = () => Promise<Reading<OrgSettings>>;

/** One reader per fact of single sign-on. The settings are those that the flows are read from. */
export function makeSsoReaders(reader: SignOnReader, sought: SoughtApp, settings: Settings): Readers<keyof SsoRead> {
  /** A fact that begins with the settings; what else it takes is read at the same time. */
  const withSettings =
    <Rest, Value>(
      rest: () => Promise<Reading<Rest>>,
      make: (of: OrgSettings, rest: Rest) => Value
    ): (() => Promise<Reading<Value>>) =>
    async () => {
      const [of, more] = await Promise.all([settings(), guarded(rest)]);
      if (!('value' in of)) return of;
      return 'value' in more ? { value: make(of.value, more.value) } : more;
    };
  return {
    myDomain: withSettings(
      async () => ({ value: seen(await reader.loginPage()) }),
      ({ MyDomain }, loginPage) => ({
        host: new URL(reader.session.instanceUrl).host,
        usersOnly: flag(MyDomain, 'canOnlyLoginWithMyDomainUrl'),
        soapOnly: flag(MyDomain, 'doesApiLoginRequireOrgDomain'),
        loginPage,
      })
    ),
    samlLogins: withSettings(
      async () => both(ofMetadata(await reader.samlProviders(), permissions.access), seen(await reader.certificates())),
      ({ Security }, [providers, certificates]) => ({
        enabled: flag(inside(Security, 'singleSignOnSettings'), 'enableSamlLogin'),
        ...{ providers, certificates },
      })
    ),
    identityProvider: withSettings(
      async () => both(ofMetadata(await reader.apps(), permissions.apps), seen(await reader.certificates())),
      ({ IdentityProvider }, [{ serviceProviders }, certificates]) => ({
        enabled: flag(IdentityProvider, 'enableIdentityProvider'),
        certificate: textOf(IdentityProvider, 'certificateName'),
        ...{ serviceProviders, certificates },
      })
    ),
    canvasApps: () =>
      guarded(async () => mapped(ofMetadata(await reader.apps(), permissions.apps), ({ canvasApps }) => canvasApps)),
    openIdConnect: () =>
      guarded(async () => {
        const [providers, external, connected] = await Promise.all([
          reader.authProviders(),
          reader.openidClients(),
          reader.apps(),
        ]);
        const clients = [seen(external), seen(connected)?.openid];
        const read = reading(providers, deniedProviders.denied);
        if ('denied' in read && read.denied === deniedProviders.denied) return deniedProviders;
        return mapped(read, (value) => ({
          providers: value,
          clients: clients.every((some) => some !== undefined) ? clients.flat() : undefined,
        }));
      }),
    delegatedAuthentication: withSettings(
      async (): Promise<Reading<SsoRead['delegatedAuthentication']['user']>> => {
        const { username } = sought;
        if (username === undefined) return { value: undefined };
        const through = reading(await reader.ssoPermission(username), permissions.access);
        return mapped(through, (value) => ({ username, through: value }));
      },
      ({ Security }, user) => ({
        enabled: flag(inside(Security, 'singleSignOnSettings'), 'isLoginWithSalesforceCredentialsDisabled'),
        user,
      })
    ),
  };
}

/** Undefined where the org returns no such element. */
const flag = (fields: Fields | undefined, element: string): boolean | undefined =>
  textOf(fields, element) === undefined ? undefined : isTrue(fields, element);

const reading = <Value>(answer: Answer<Value>, permission: string): Reading<Value> =>
  'refused' in answer ? unreadable(answer.refused, permission) : answer;

/** Of a type of metadata that the org does not show, or of all metadata: only a complaint within a retrieval (status 200) is of one type. */
const ofMetadata = <Value>(answer: Answer<Value>, permission: string): Reading<Value> =>
  reading(answer, 'refused' in answer && answer.refused.status !== 200 ? permissions.metadata : permission);

/** What a check can do without. */
const seen = <Value>(answer: Answer<Value>): Value | undefined => ('value' in answer ? answer.value : undefined);

const mapped = <From, To>(from: Reading<From>, make: (value: From) => To): Reading<To> =>
  'value' in from ? { value: make(from.value) } : from;

const both = <One, Other>(one: Reading<One>, other: Other): Reading<[One, Other]> =>
  mapped(one, (value) => [value, other]);
