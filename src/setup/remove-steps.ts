import { slotTypes } from '../app/found.ts';
import { deployRefusalLine, explainDeployRefusal, type DeployWords } from '../app/deploy-refusal.ts';
import { permissionSetType } from '../app/permission-set.ts';
import type { AppHeader } from '../app/settings.ts';
import { fillFix } from '../checks/fix.ts';
import { problem, toError } from '../errors.ts';
import { removeFile, removeFolderOf } from '../files/remove.ts';
import { deployMetadata, type DeployOutcome, type MetadataName } from '../org/metadata.ts';
import type { OrgSession } from '../org/session.ts';
import { removeLogin } from '../org/stored-logins.ts';
import { removeRecord } from './app-access.ts';
import type { Assignment } from './remove-access.ts';
import type { OwnFile } from './remove-files.ts';
import type { LeavingReason, RemovedPart } from './remove-talk.ts';

/** One thing that goes. */
export type RemovalStep = {
  part: RemovedPart;
  /** @returns why it stays, where it is not what it was in the plan any more */
  carryOut: () => Promise<LeavingReason | undefined>;
};

export type Going = {
  app: AppHeader | undefined;
  assignments: readonly Assignment[];
  /** API names of permission sets. */
  sets: readonly string[];
  files: readonly OwnFile[];
  /** Usernames. */
  logins: readonly string[];
};

/**
 * All that goes, in order: what lets somebody in first, the stored logins last, since only they tell a second run where the files are. Each
 * step throws OrgRefused, RemoveRefused, FolderUnwritable or FileFailed.
 */
export function removalSteps(session: OrgSession, { app, assignments, sets, files, logins }: Going): RemovalStep[] {
  const step = (part: RemovedPart, work: () => Promise<void>): RemovalStep => ({
    part,
    carryOut: async () => {
      await work();
      return undefined;
    },
  });
  const metadata = (kind: 'app' | 'permission-set', name: string, component: MetadataName): RemovalStep =>
    step({ kind, name }, () => removeMetadata(session, component, name));
  return [
    // Its parts go with it, and so do its tokens (docs/reference/external-client-apps.md §9).
    ...(app ? [metadata('app', app.label, { type: slotTypes.header, fullName: app.developerName })] : []),
    ...assignments.map(({ id, username: name, permissionSet }) =>
      step({ kind: 'assignment', name, permissionSet }, () => removeRecord(session, `PermissionSetAssignment/${id}`))
    ),
    ...sets.map((name) => metadata('permission-set', name, { type: permissionSetType, fullName: name })),
    ...files.map(fileStep),
    ...logins.map((name) => step({ kind: 'login', name }, () => removeLogin(name))),
  ];
}

const fileStep = ({ path, reasonToStay, folder }: OwnFile): RemovalStep => ({
  part: { kind: 'file', name: path },
  carryOut: async () => {
    const reason = await reasonToStay();
    if (reason === undefined) await removeFile(path);
    if (folder !== undefined) await removeFolderOf(folder, []);
    return reason;
  },
});

/** @throws RemoveRefused with the org's own words, and a fix for each cause that is known for them */
async function removeMetadata(session: OrgSession, component: MetadataName, name: string): Promise<void> {
  const answer = await deployMetadata(session, { deploy: [], remove: [component] });
  if ('value' in answer && answer.value.succeeded) return;
  const words = 'refused' in answer ? [wordsOf(answer.refused)] : failuresOf(answer.value);
  const refused = problem('RemoveRefused', [name, words.map(deployRefusalLine).join('; ')]);
  const causes = words.flatMap((one) => explainDeployRefusal(one).causes);
  const fixes = causes.map(
    ({ text, fix }) => `Possibly, ${text}: ${fillFix(fix, { sought: { admin: session.name } })}`
  );
  throw toError({ ...refused, actions: [...new Set(fixes), ...refused.actions] });
}

const wordsOf = ({ errorCode, message }: { errorCode: string; message: string }): DeployWords => ({
  errorCode,
  problem: message,
});

const failuresOf = ({ failures, message = 'it gave no reason' }: DeployOutcome): readonly DeployWords[] =>
  failures.length > 0 ? failures : [{ problem: message }];
