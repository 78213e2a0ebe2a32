import {
  collectorPermissions,
  isMarkedPermissionSet,
  permissionSetType,
  planPermissionSet,
  realTimePermission,
  type PermissionSetPlan,
} from '../app/permission-set.ts';
import { deployRefusalLine } from '../app/deploy-refusal.ts';
import { aquilaError } from '../errors.ts';
import { deployMetadata, retrieveMetadata, type MetadataComponent } from '../org/metadata.ts';
import type { OrgSession } from '../org/session.ts';
import { granted } from './app-situation.ts';

/**
 * Reads a permission set and says what it lacks for a collector. Stored events are read with a permission that only some orgs know; it
 * is among what is wanted where the org has its column.
 *
 * @throws PermissionSetNotOurs where somebody else made it and it lacks something, OrgRefused
 */
export async function readPermissionSet(session: OrgSession, name: string): Promise<PermissionSetPlan> {
  const [xml, column] = await Promise.all([
    retrieveOne(session, name),
    session.query(`SELECT Permissions${realTimePermission.name} FROM UserPermissionAccess`),
  ]);
  const wanted = 'value' in column ? [...collectorPermissions, realTimePermission] : collectorPermissions;
  const reading = await planPermissionSet(name, wanted, xml);
  if ('plan' in reading) return reading.plan;
  throw aquilaError('PermissionSetNotOurs', [name, reading.foreign.lacking.map(({ label }) => label).join(', ')]);
}

/**
 * Whether this plugin made each of these permission sets; those that the org does not have are left out.
 *
 * @throws OrgRefused, AppMetadataUnreadable
 */
export async function whichAreOurs(
  session: OrgSession,
  names: readonly string[]
): Promise<Array<{ name: string; isOurs: boolean }>> {
  const wanted = names.map((fullName) => ({ type: permissionSetType, fullName }));
  const files = granted(await retrieveMetadata(session, wanted));
  const found = files.filter(({ fullName }) => names.some((name) => name.toLowerCase() === fullName.toLowerCase()));
  return Promise.all(
    found.map(async ({ fullName: name, xml }) => ({ name, isOurs: await isMarkedPermissionSet(name, xml) }))
  );
}

async function retrieveOne(session: OrgSession, name: string): Promise<string | undefined> {
  const files = granted(await retrieveMetadata(session, [{ type: permissionSetType, fullName: name }]));
  return files.find(({ fullName }) => fullName.toLowerCase() === name.toLowerCase())?.xml;
}

/** As it is deployed. */
export const componentOf = ({ name, xml = '' }: PermissionSetPlan): MetadataComponent => {
  return { type: permissionSetType, fullName: name, xml };
};

/** @throws PermissionSetRefused, with the org as it was */
export async function deployPermissionSet(
  session: OrgSession,
  plan: PermissionSetPlan,
  { checkOnly }: { checkOnly: boolean }
): Promise<void> {
  if (plan.xml === undefined) return;
  const { name } = plan;
  const deploy = [componentOf(plan)];
  const answer = await deployMetadata(session, { deploy }, { checkOnly });
  if ('refused' in answer) {
    const { errorCode, message } = answer.refused;
    throw aquilaError('PermissionSetRefused', [name, `${errorCode}: ${message}`]);
  }
  const { succeeded, failures, message } = answer.value;
  if (succeeded) return;
  const said = failures.length > 0 ? failures.map(deployRefusalLine) : [message ?? 'it gave no reason'];
  throw aquilaError('PermissionSetRefused', [name, said.join('; ')]);
}
