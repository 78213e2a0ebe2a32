import type { HandoverFields } from '../../src/handover/fields.ts';
import type { CollectorInput } from './collector-client.ts';

/** The five fields as the collector would use them. */
export const fieldsOf = (input: CollectorInput): HandoverFields => ({
  audienceUrl: input.audience,
  clientKeyPath: input.keyPath,
  username: input.username,
  clientId: input.clientId,
  instanceUrl: input.instanceUrl,
});

/** A configuration after a person has switched on all that is off: settings have no blank behind their `#`, or two, prose has one. */
export const withSwitchedOff = (text: string): string => text.replace(/^( *)#(?! \S)/gm, '$1');
