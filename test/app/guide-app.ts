import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appCertificateFingerprint } from '../../src/app/certificate.ts';
import type { Fields, Part } from '../../src/app/component.ts';
import { defineApp, type AppDefinition, type AppRequest } from '../../src/app/definition.ts';
import type { FoundParts, Slot } from '../../src/app/found.ts';
import { planApp, type AppPlan, type PlanInput } from '../../src/app/plan.ts';

const fixture = (path: string): string => readFileSync(join(import.meta.dirname, '..', 'fixtures', path), 'utf8');
export const certificate = fixture('keys/rsa2048.crt');
export const otherCertificate = fixture('keys/other2048.crt');
export const orgId = '00D5e000000AbCdEAK';
export const clientId = 'c0ffee'.repeat(10);

type Wish = Omit<Partial<AppRequest>, 'certificate'> & { /** PEM. */ certificate?: string };

export function wanted({ certificate: pem, ...more }: Wish = {}): AppDefinition {
  const fingerprint256 = pem === undefined ? undefined : appCertificateFingerprint(pem);
  const defined = defineApp({
    ...{ name: 'AQUILA', permissionSets: ['AQUILA_Access'], profiles: [] },
    ...(pem !== undefined && fingerprint256 !== undefined && { certificate: { pem, fingerprint256 } }),
    ...more,
  });
  if ('problem' in defined) throw new Error(defined.problem.message);
  return defined.definition;
}

/** All parts of an app that is as the guide wants it, under the names that Setup gives. */
export const guideApp: Record<Slot, Part> = {
  header: {
    type: 'ExternalClientApplication',
    fullName: 'AQUILA',
    fields: {
      contactEmail: 'admin@acme.com',
      description: 'Reads logs, managed by sf aquila',
      distributionState: 'Local',
      label: 'AQUILA',
      orgScopedExternalApp: `${orgId}:AQUILA`,
    },
  },
  global: {
    type: 'ExtlClntAppGlobalOauthSettings',
    fullName: 'AQUILA_glbloauth',
    fields: {
      callbackUrl: 'http://localhost:1717/OauthRedirect',
      certificate,
      consumerKey: '3MVG9abcdefgh',
      externalClientApplication: 'AQUILA',
      isClientCredentialsFlowEnabled: 'true',
      isPkceRequired: 'false',
      label: 'Global',
    },
  },
  oauth: {
    type: 'ExtlClntAppOauthSettings',
    fullName: 'AQUILA_oauth',
    fields: {
      commaSeparatedOauthScopes: 'Api, Web, RefreshToken',
      externalClientApplication: 'AQUILA',
      oauthLink: '00D5e000000AbCd:8885e000000AbCd',
    },
  },
  oauthPolicy: {
    type: 'ExtlClntAppOauthConfigurablePolicies',
    fullName: 'AQUILA_oauthPlcy',
    fields: {
      commaSeparatedPermissionSet: 'AQUILA_Access',
      externalClientApplication: 'AQUILA',
      ipRelaxationPolicyType: 'Bypass',
      permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
      refreshTokenPolicyType: 'SpecificLifetime',
      refreshTokenValidityPeriod: '365',
      refreshTokenValidityUnit: 'Days',
      sessionTimeoutInMinutes: '3',
    },
  },
  policy: {
    type: 'ExtlClntAppConfigurablePolicies',
    fullName: 'AQUILA_plcy',
    fields: { externalClientApplication: 'AQUILA', isEnabled: 'true', isOauthPluginEnabled: 'true' },
  },
};

/** That app with other elements in one part; undefined takes an element away. */
export function found(slot?: Slot, elements: Record<string, string | undefined> = {}): FoundParts {
  if (slot === undefined) return guideApp;
  const part = guideApp[slot];
  const merged = Object.entries({ ...part.fields, ...elements }).filter(([, value]) => value !== undefined);
  return { ...guideApp, [slot]: { ...part, fields: Object.fromEntries(merged) as Fields } };
}

export function plan(more: Partial<PlanInput> = {}): AppPlan {
  const planned = planApp({ wanted: wanted(), found: found(), clientId, orgId, ...more });
  if ('problem' in planned) throw new Error(`${planned.problem.code}: ${planned.problem.message}`);
  return planned;
}
