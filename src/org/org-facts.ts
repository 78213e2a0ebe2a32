import { readIdentityAnswer, userinfoPath } from '../token/identity.ts';
import type { HttpAnswer, TokenGrant } from '../token/response.ts';
import type { Network } from './http.ts';
import { askIdentity } from './token-endpoints.ts';

/** What sf keeps of an org beside the login; `undefined` where the org did not show it (docs/reference/sf-cli.md §4). */
export type OrgFacts = {
  name?: string | undefined;
  instanceName?: string | undefined;
  namespacePrefix?: string | null | undefined;
  isSandbox?: boolean | undefined;
  isScratch?: boolean | undefined;
  orgEdition?: string | undefined;
  /** Spelt as sf spells it in its files; null for an org that is no trial. */
  trailExpirationDate?: string | null | undefined;
  isDevHub: boolean;
  instanceApiVersion?: string | undefined;
};

export type Who = { username: string; orgId: string; userId: string };

/** Every org of today answers this version, and the queried fields are older still. */
const queryVersion = 'v58.0';

/**
 * Asks the org what sf wants to know of it, and whom the token belongs to: four requests at the same time, each once. A request that fails
 * leaves its facts open and never fails the login, because only the token matters for that.
 */
export async function readOrgFacts(
  grant: TokenGrant,
  network: Network
): Promise<{ facts: OrgFacts; who: Who | undefined }> {
  const get = async (path: string): Promise<unknown> => {
    try {
      return parse(await network.send({ url: `${grant.instanceUrl}${path}`, bearer: grant.accessToken }));
    } catch {
      return undefined;
    }
  };
  const query = (soql: string): Promise<unknown> =>
    get(`/services/data/${queryVersion}/query?q=${encodeURIComponent(soql)}`);
  const [organization, hub, versions, who] = await Promise.all([
    query(
      'SELECT Name, InstanceName, IsSandbox, TrialExpirationDate, NamespacePrefix, OrganizationType FROM Organization'
    ),
    query('SELECT Id FROM ScratchOrgInfo LIMIT 1'),
    get('/services/data'),
    readWho(grant, network),
  ]);
  return {
    facts: { ...organizationFacts(organization), isDevHub: isRecord(hub), instanceApiVersion: latestVersion(versions) },
    who,
  };
}

/** Whom a token belongs to, by one request to its instance URL; undefined where that does not tell. */
export async function readWho(
  { accessToken: token, instanceUrl }: { accessToken: string; instanceUrl?: string | undefined },
  network: Network
): Promise<Who | undefined> {
  if (instanceUrl === undefined) return undefined;
  try {
    const answer = readIdentityAnswer(await askIdentity({ token, instanceUrl }, userinfoPath, network));
    if (!('identity' in answer)) return undefined;
    const { username, orgId, userId } = answer.identity;
    return { username, orgId, userId };
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse({ status, body }: HttpAnswer): unknown {
  return status === 200 ? JSON.parse(body) : undefined;
}

function organizationFacts(answer: unknown): Omit<OrgFacts, 'isDevHub' | 'instanceApiVersion'> {
  const record: unknown = isRecord(answer) && Array.isArray(answer.records) ? answer.records[0] : undefined;
  if (!isRecord(record)) return {};
  const text = (key: string): string | undefined => {
    const value = record[key];
    return typeof value === 'string' ? value : undefined;
  };
  // A scratch org calls itself a sandbox, and its trial end tells it apart: the rule of sf itself.
  const sandbox = record.IsSandbox === true;
  const trialEnd = text('TrialExpirationDate');
  return {
    name: text('Name'),
    instanceName: text('InstanceName'),
    namespacePrefix: text('NamespacePrefix') ?? null,
    isSandbox: sandbox && trialEnd === undefined,
    isScratch: sandbox && trialEnd !== undefined,
    orgEdition: text('OrganizationType'),
    trailExpirationDate: trialEnd ?? null,
  };
}

/** The highest version in the list of `/services/data`, such as `67.0`. */
export function latestVersion(answer: unknown): string | undefined {
  if (!Array.isArray(answer)) return undefined;
  const versions = answer.flatMap((entry: unknown) =>
    isRecord(entry) && typeof entry.version === 'string' && /^\d+\.0$/.test(entry.version) ? [entry.version] : []
  );
  return versions.sort((a, b) => Number(a) - Number(b)).at(-1);
}
