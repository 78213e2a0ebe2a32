import type { ServiceProvider } from '../../app/sign-on.ts';
import type { Remark } from './remarks.ts';

/** What Salesforce does for an app that people sign on to by it. */
export const describeApp = ({
  app,
  entityUrl,
  acsUrl,
  signatures,
  requestsSigned,
  encrypted,
}: ServiceProvider): string =>
  [
    `${app}: ${entityUrl}, assertions go to ${acsUrl}`,
    `signed by ${signatures ?? 'a method that is not shown'}`,
    encrypted ? 'encrypted' : 'not encrypted',
    requestsSigned ? 'its requests must be signed' : 'unsigned requests are taken',
  ].join(', ');

/** What is wrong with the SAML of such an app (docs/reference/single-sign-on.md §3). */
export function judgeApp({ app, kind, acsUrl, signatures }: ServiceProvider): Remark[] {
  const where =
    kind === 'connected-app'
      ? `Setup > App Manager > ${app} > Edit > Web App Settings`
      : `Setup > External Client App Manager > ${app} > Policies > SAML Policies`;
  return [
    ...(signatures === 'SHA1'
      ? [
          {
            status: 'warn',
            text: `${app}: assertions are signed by SHA-1`,
            fix: `${where}: Signing Algorithm SHA256`,
          } as const,
        ]
      : []),
    ...(acsUrl.startsWith('https:')
      ? []
      : [
          {
            status: 'fail',
            text: `${app}: assertions go to ${acsUrl}, without TLS`,
            fix: `${where}: ACS URL with https`,
          } as const,
        ]),
  ];
}
