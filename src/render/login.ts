/** The words that `sf org login jwt` prints in place of a token. */
const redactedToken = "[REDACTED] Use 'sf org auth show-access-token' to view";

/** The result of `sf org login jwt`, and the audience. */
export type LoginResult = {
  username?: string;
  orgId?: string;
  userId?: string;
  accessToken?: string;
  instanceUrl?: string;
  loginUrl?: string;
  privateKey?: string;
  clientId?: string;
  jwtAudience?: string;
  isDevHub?: boolean;
  instanceApiVersion?: string;
  instanceApiVersionLastRetrieved?: string;
  name?: string;
  instanceName?: string;
  namespacePrefix?: string | null;
  isSandbox?: boolean;
  isScratch?: boolean;
  orgEdition?: string;
  trailExpirationDate?: string | null;
  aquilaKeyPath?: string;
  alias?: string;
};

const shown = [
  'username',
  'orgId',
  'userId',
  'instanceUrl',
  'loginUrl',
  'privateKey',
  'clientId',
  'jwtAudience',
  'isDevHub',
  'instanceApiVersion',
  'instanceApiVersionLastRetrieved',
  'name',
  'instanceName',
  'namespacePrefix',
  'isSandbox',
  'isScratch',
  'orgEdition',
  'trailExpirationDate',
  'aquilaKeyPath',
  'alias',
] as const satisfies ReadonlyArray<keyof LoginResult>;

/** The stored fields as they may be printed: by name, so that a field which a later sf adds can't carry a secret out. */
export function redactLogin(fields: { accessToken?: string } & Record<string, unknown>): LoginResult {
  const visible = Object.fromEntries(shown.flatMap((key) => (fields[key] === undefined ? [] : [[key, fields[key]]])));
  return { ...visible, ...(fields.accessToken !== undefined && { accessToken: redactedToken }) };
}
