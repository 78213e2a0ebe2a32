import { settings } from './setup-places.ts';

/** Names of the causes that only grants of a person at a browser know. */
export type BrowserCauseId =
  'consent-denied' | 'scope-beyond-app' | 'code-spent' | 'user-agent-off' | 'device-code-spent';

/** Causes of docs/reference/salesforce-oauth.md §4, where a person answers in a browser. */
export const browserCauses = {
  denied: {
    id: 'consent-denied',
    text: 'the person in the browser chose Deny',
    fix: 'run the command again, and choose Allow',
    sure: true,
  },
  scopeBeyondApp: {
    id: 'scope-beyond-app',
    text: 'the app does not have one of the scopes that were asked for',
    fix: `leave --scope out, or give the app the scope: ${settings} > OAuth Scopes`,
    sure: true,
  },
  codeSpent: {
    id: 'code-spent',
    text: 'the code of this login is older than 15 minutes, or was used before; it serves once',
    fix: 'run the command again',
    sure: true,
  },
  userAgentOff: {
    id: 'user-agent-off',
    text: 'the org or the app does not allow the user-agent flow, which is outdated',
    fix: 'use --grant web-server in its place',
    sure: false,
  },
  deviceCodeSpent: {
    id: 'device-code-spent',
    text: 'nobody entered the code in time',
    fix: 'run the command again, and enter the new code within ten minutes',
    sure: true,
  },
} as const satisfies Record<string, { id: BrowserCauseId; text: string; fix: string; sure: boolean }>;
