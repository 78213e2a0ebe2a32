import type { DeployDetails, DeployMessage, MetadataApiDeployStatus } from '@salesforce/source-deploy-retrieve';
import { openConnection } from './connection.ts';
import { untilDone } from './polling.ts';
import { answerOf, type Answer } from './refusal.ts';
import type { OrgSession } from './session.ts';

export type MetadataName = { type: string; fullName: string };

/** `xml` is the whole file, as a source tree would hold it. */
export type MetadataComponent = MetadataName & { xml: string };

/** What stands in the way, in the org's words. Type and name are empty where the org names none. */
export type DeployFailure = { type: string; fullName: string; problem: string };

export type DeployOutcome = {
  id: string;
  succeeded: boolean;
  failures: DeployFailure[];
  warnings: DeployFailure[];
  /** The deployment's own error, where it is not one of a component. */
  message?: string;
};

type Pause = (milliseconds: number) => Promise<void>;

export type DeployOptions = {
  /** Validates, and changes nothing. */
  checkOnly?: boolean;
  /** Left out, the org decides: nothing here is Apex, so that it runs no tests, in production either. */
  testLevel?: 'NoTestRun' | 'RunLocalTests' | 'RunAllTestsInOrg';
  onProgress?: (done: number, total: number) => void;
  pause?: Pause;
};

/** Salesforce takes three types in one request. */
const typesPerRequest = 3;

/** The names of all components of some types. An empty list is no proof of absence (docs/reference/external-client-apps.md §2). */
export function listMetadata(session: OrgSession, types: readonly string[]): Promise<Answer<MetadataName[]>> {
  return answerOf(async () => {
    const { metadata } = openConnection(session);
    const requests = Array.from({ length: Math.ceil(types.length / typesPerRequest) }, (_, at) =>
      types.slice(at * typesPerRequest, (at + 1) * typesPerRequest).map((type) => ({ type }))
    );
    const lists = await Promise.all(requests.map((queries) => metadata.list(queries, session.apiVersion)));
    return { value: lists.flat().map(({ type, fullName }) => ({ type, fullName })) };
  });
}

/** What a retrieval brought, and what the org complained of beside it, in its own words. */
export type Retrieved = { components: MetadataComponent[]; complaints: string[] };

/**
 * Retrieves components into memory. Those that the org does not have are left out; any other complaint of the org is a refusal, since what
 * it does not show must not look as if it were not there.
 */
export function retrieveMetadata(
  session: OrgSession,
  names: readonly MetadataName[],
  options: { pause?: Pause } = {}
): Promise<Answer<MetadataComponent[]>> {
  return answerOf(async () => {
    const answer = await retrieveShown(session, names, options);
    if ('refused' in answer) return answer;
    const { components, complaints } = answer.value;
    const [complaint] = complaints;
    if (complaint === undefined) return { value: components };
    return { refused: { status: 200, errorCode: 'RETRIEVE_PROBLEM', message: complaint } };
  });
}

/** The same for whoever asks for several things at once and can do without some: complaints come beside what there is. */
export function retrieveShown(
  session: OrgSession,
  names: readonly MetadataName[],
  { pause }: { pause?: Pause } = {}
): Promise<Answer<Retrieved>> {
  return answerOf(async (): Promise<Answer<Retrieved>> => {
    if (names.length === 0) return { value: { components: [], complaints: [] } };
    const { retrieval, unpack } = await import('./transfer.ts');
    const job = retrieval(openConnection(session), names);
    const { id } = await job.start();
    const { now } = session;
    const status = await untilDone(() => job.checkStatus(), { job: 'retrieval', id, pause, now });
    const { errorStatusCode, errorMessage } = status as { errorStatusCode?: string; errorMessage?: string };
    if (!status.success) {
      const errorCode = errorStatusCode ?? 'RETRIEVE_FAILED';
      return { refused: { status: 200, errorCode, message: errorMessage ?? status.status } };
    }
    const said = list(status.messages).map(({ problem }) => problem);
    const complaints = said.filter((problem) => !problem.includes('cannot be found'));
    const read = await unpack(status.zipFile);
    const wanted = new Set(names.map(({ type }) => type));
    const files = list(status.fileProperties).filter(({ type }) => wanted.has(type));
    const components = await Promise.all(
      files.map(async ({ type, fullName, fileName }) => ({ type, fullName, xml: await read(fileName) }))
    );
    const found = components.filter((one): one is MetadataComponent => one.xml !== undefined);
    return { value: { components: found, complaints } };
  });
}

/**
 * Deploys components from memory, all or none, and removes others after that. An outcome that did not succeed is no exception: it says
 * per component what is wrong. An interruption of this process does not stop the deployment in the org.
 */
export function deployMetadata(
  session: OrgSession,
  { deploy, remove = [] }: { deploy: readonly MetadataComponent[]; remove?: readonly MetadataName[] },
  { checkOnly = false, testLevel, onProgress, pause }: DeployOptions = {}
): Promise<Answer<DeployOutcome>> {
  return answerOf(async () => {
    const { MemoryDeploy, pack } = await import('./transfer.ts');
    const packed = await pack(deploy, remove, session.apiVersion);
    const job = new MemoryDeploy(openConnection(session), packed, {
      ...{ checkOnly, rollbackOnError: true, singlePackage: true, ignoreWarnings: false },
      ...(testLevel !== undefined && { testLevel }),
    });
    const { id } = await job.start();
    const { now } = session;
    const status = await untilDone(
      () => job.checkStatus(),
      { job: 'deployment', id, pause, now },
      (current) => {
        const { numberComponentsDeployed, numberComponentErrors, numberComponentsTotal } = current;
        onProgress?.(numberComponentsDeployed + numberComponentErrors, numberComponentsTotal);
      }
    );
    return { value: outcome(id, status) };
  });
}

function outcome(id: string, { success, status, errorMessage, details }: MetadataApiDeployStatus): DeployOutcome {
  const { componentFailures, componentSuccesses, runTestResult } =
    (details as Partial<DeployDetails> | undefined) ?? {};
  const said = [...list(componentFailures), ...list(componentSuccesses)].filter(({ problem }) => Boolean(problem));
  const isWarning = ({ problemType }: DeployMessage): boolean => problemType === 'Warning';
  const tests = success
    ? []
    : [
        ...list(runTestResult?.failures).map(({ name, methodName, message }) => apex(`${name}.${methodName}`, message)),
        ...list(runTestResult?.codeCoverageWarnings).map(({ message }) => apex('', message)),
      ];
  const message = errorMessage ?? (success || said.length + tests.length > 0 ? undefined : status);
  return {
    id,
    succeeded: success,
    failures: [...said.filter((one) => !isWarning(one)).map(failure), ...tests],
    warnings: said.filter(isWarning).map(failure),
    ...(message !== undefined && { message }),
  };
}

const failure = ({ componentType, fullName, problem }: DeployMessage): DeployFailure => ({
  type: componentType ?? '',
  fullName,
  problem: problem ?? '',
});

const apex = (fullName: string, problem: string): DeployFailure => ({ type: 'ApexClass', fullName, problem });

/** Where there is one element, an answer may hold it without a list around it. */
const list = <T>(value: T | T[] | null | undefined): T[] => (value ? ([value].flat() as T[]) : []);
