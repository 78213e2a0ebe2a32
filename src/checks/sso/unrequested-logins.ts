import type { CanvasApp, SamlProvider } from '../../app/sign-on.ts';
import type { Remark } from './remarks.ts';

/** An app in a frame that gets an assertion before it has asked for one. */
export const ofCanvas = ({ app, kind, url }: CanvasApp): Remark => ({
  status: 'warn',
  text: `${app}: Salesforce posts an assertion to ${url} that the canvas app did not ask for`,
  fix:
    (kind === 'connected-app'
      ? `Setup > App Manager > ${app} > Edit > Canvas App Settings`
      : `Setup > External Client App Manager > ${app} > Settings > Canvas`) +
    ' > SAML Initiation Method: Service Provider Initiated, if its login may be shown in a frame',
});

/** An identity provider that the org can't ask. */
export const ofProvider = ({ name }: SamlProvider): Remark => ({
  status: 'warn',
  text: `${name}: without a login URL the org has nowhere to send a request, so the identity provider begins`,
  fix: `Setup > Single Sign-On Settings > ${name} > Edit > Identity Provider Login URL`,
});
