import type { Fields, Part } from './component.ts';
import { slotTypes, type Slot } from './found.ts';
import { withMarker } from './marker.ts';
import { partName } from './part-names.ts';

/** A setting that the guide does not speak of, as a new app gets it: the safer side, or what Salesforce sets by itself. */
type Default = {
  element: string;
  value: string;
  /** Words of Setup; left out where nobody would ask. */ setting?: string;
  to?: string;
};

const defaults: Record<Slot, readonly Default[]> = {
  header: [
    { element: 'distributionState', value: 'Local', setting: 'Distribution State', to: 'Local' },
    { element: 'isProtected', value: 'false' },
  ],
  global: [
    { element: 'isCodeCredFlowEnabled', value: 'false' },
    { element: 'isCodeCredPostOnly', value: 'false' },
    { element: 'isConsumerSecretOptional', value: 'false', setting: 'Require Secret for Web Server Flow', to: 'on' },
    { element: 'isDeviceFlowEnabled', value: 'false', setting: 'Device Flow', to: 'off' },
    { element: 'isIntrospectAllTokens', value: 'false' },
    { element: 'isNamedUserJwtEnabled', value: 'false' },
    { element: 'isPkceRequired', value: 'true', setting: 'Require PKCE', to: 'on' },
    { element: 'isRefreshTokenRotationEnabled', value: 'false' },
    {
      element: 'isSecretRequiredForRefreshToken',
      value: 'true',
      setting: 'Require Secret for Refresh Token Flow',
      to: 'on',
    },
    { element: 'isTokenExchangeEnabled', value: 'false', setting: 'Token Exchange Flow', to: 'off' },
    { element: 'shouldRotateConsumerKey', value: 'false' },
    { element: 'shouldRotateConsumerSecret', value: 'false' },
  ],
  oauth: [{ element: 'isFirstPartyAppEnabled', value: 'false' }],
  oauthPolicy: [
    { element: 'ipRelaxationPolicyType', value: 'Enforce', setting: 'IP Relaxation', to: 'Enforce IP restrictions' },
    { element: 'isClientCredentialsFlowEnabled', value: 'false' },
    { element: 'isGuestCodeCredFlowEnabled', value: 'false' },
    { element: 'isTokenExchangeFlowEnabled', value: 'false' },
    { element: 'requiredSessionLevel', value: 'STANDARD' },
  ],
  policy: [{ element: 'startPage', value: 'None' }],
};

const labels: Record<Slot, string> = {
  header: '',
  global: ' Global OAuth',
  oauth: ' OAuth',
  oauthPolicy: ' OAuth policy',
  policy: ' policy',
};

/** A part that the org does not have yet, without what the rules of the plan will set. */
export function newPart(slot: Slot, app: { developerName: string; label: string; clientId: string }): Part {
  const { developerName, label, clientId } = app;
  const fields: Record<string, string> = { label: `${label}${labels[slot]}` };
  for (const { element, value } of defaults[slot]) fields[element] = value;
  if (slot === 'header') fields['description'] = withMarker(undefined);
  else fields['externalClientApplication'] = developerName;
  if (slot === 'global') fields['consumerKey'] = clientId;
  const type = slotTypes[slot];
  return { type, fullName: partName(type, developerName), fields };
}

/** What a new part brings along, for the list of changes. */
export const newSettings = (slot: Slot, { fields }: Part): Array<{ setting: string; from: null; to: string }> => [
  ...(slot === 'header' ? [{ setting: 'External Client App Name', from: null, to: labelOf(fields) }] : []),
  ...defaults[slot].flatMap(({ setting, to = '' }) => (setting === undefined ? [] : [{ setting, from: null, to }])),
];

const labelOf = ({ label }: Fields): string => (typeof label === 'string' ? label : '');
