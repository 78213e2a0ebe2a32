import { defineCheck } from '../define.ts';
import type { Seen } from '../flow/evidence.ts';
import { verdictOf } from './remarks.ts';
import { ofCanvas, ofProvider } from './unrequested-logins.ts';

export default defineCheck({
  id: 'sso-idp-initiated',
  title: 'no SAML login has to begin without a request',
  why: 'An assertion that answers no request can be one that somebody stole, or slipped to the browser of another person.',
  fix: 'Setup > App Manager',
  needs: ['canvasApps', 'samlLogins'],
  reads: 'canvasApps',
  judge: ({ canvasApps, samlLogins: { enabled, providers } }) => {
    const posted = canvasApps.filter(({ initiation }) => initiation === 'IdpInitiated');
    const silent = enabled === false ? [] : providers.filter(({ loginUrl }) => loginUrl === undefined);
    const remarks = [...posted.map(ofCanvas), ...silent.map(ofProvider)];
    const seen: Seen = {
      ...Object.fromEntries(canvasApps.map(({ app, initiation }) => [`${app}.samlInitiationMethod`, initiation])),
      ...Object.fromEntries(providers.map(({ name, loginUrl }) => [`${name}.loginUrl`, loginUrl ?? null])),
    };
    const count = `${remarks.length} ${remarks.length === 1 ? 'login has' : 'logins have'} to begin without a request`;
    const isOff = enabled === false || providers.length === 0;
    return verdictOf(remarks, {
      found: remarks.length === 0 ? 'every login by SAML can begin with a request' : count,
      seen,
      place: 'Single Sign-On Settings; App Manager',
      notes: [
        ...(isOff
          ? []
          : ['Salesforce documents no setting with which the org refuses an assertion that it did not ask for.']),
        'AQUILA uses none of this.',
      ],
      data: { canvasApps: posted.map(({ app }) => app), providers: silent.map(({ name }) => name) },
    });
  },
});
