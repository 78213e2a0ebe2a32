import { closedByAll, closeInOrg } from '../flow/evidence.ts';
import type { VerdictData } from '../define.ts';
import type { IdentityProvider } from '../sso-facts.ts';
import { notShown, orgCertificate, type Clock, type Lasting, type Remark } from './remarks.ts';
import { judgeApp } from './service-provider.ts';

/** Where Setup has it. */
export const identityProviderPlace = 'Identity Provider';

const unused: Remark = {
  status: 'warn',
  text: 'no app of this org uses it, so it can perhaps be switched off',
  fix: closeInOrg,
};

/** Until when the certificate lasts that the org signs its assertions with. */
export const signingOf = ({ certificate, certificates }: IdentityProvider, clock: Clock): Lasting =>
  orgCertificate('certificate', ({ name }) => name === certificate, certificates, clock, {
    ended: 'service providers that look at it refuse its logins',
    fix: `Setup > ${identityProviderPlace} > Edit: a certificate in force; then give it to every service provider`,
  });

/** What is wrong with an org that vouches for its users. */
export function identityProviderRemarks({ enabled, serviceProviders }: IdentityProvider, signing: Lasting): Remark[] {
  if (enabled === undefined) return [notShown(identityProviderPlace)];
  if (!enabled) return [];
  if (serviceProviders.length === 0) return [unused];
  return [...(signing.remark ? [signing.remark] : []), ...serviceProviders.flatMap(judgeApp)];
}

/** What switches off an identity provider that nobody uses. */
export const switchedOff = ({ enabled, serviceProviders }: IdentityProvider): VerdictData =>
  enabled === true && serviceProviders.length === 0
    ? closedByAll(
        [{ member: 'IdentityProvider', element: 'enableIdentityProvider', to: 'false' }],
        'nothing of this org; apps of installed packages with SAML are not seen here, so look for them in Setup > Identity Provider first'
      )
    : {};
