import type { Context, Handler, Reply } from '../http.ts';
import { findToken } from '../tokens.ts';
import type { Token } from '../tokens.ts';
import { runDeploy, unknownType } from './deploy.ts';
import { addJob, cancel, deployResult, findJob, isDone } from './jobs.ts';
import { kindOf, kinds } from './kinds.ts';
import { readManifest } from './manifest.ts';
import { fileProperties, placeOf, runRetrieve } from './retrieve.ts';
import { XmlError, child, escapeXml, metadataNamespace, parseXml, texts, toXml } from './xml.ts';
import type { Element, Value } from './xml.ts';

/** The org refuses the call as a whole. */
class Fault extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

type Call = { context: Context; token: Token; version: number; body: Element };

/** What a call answers: the content of `<result>`, repeated for an array. Xml where a value can't say it. */
type Answer = Value | Xml;

class Xml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const calls: Record<string, (call: Call) => Answer | Promise<Answer>> = {
  describeMetadata,
  listMetadata,
  readMetadata,
  deploy,
  checkDeployStatus,
  cancelDeploy,
  retrieve,
  checkRetrieveStatus,
};

/** `POST /services/Soap/m/NN.0`: the Metadata API over SOAP (Metadata API Developer Guide). */
export const metadataSoap: Handler = async (context) => {
  try {
    const { token, version, body } = openEnvelope(context);
    const call = calls[body.name];
    if (!call)
      throw new Fault('soapenv:Client', `No operation available for request {${metadataNamespace}}${body.name}`);
    const answer = await call({ context, token, version, body });
    const result = answer instanceof Xml ? answer.text : toXml('result', answer);
    return envelope(200, `<${body.name}Response>${result}</${body.name}Response>`);
  } catch (error) {
    if (error instanceof XmlError) return fault(new Fault('soapenv:Client', error.message));
    if (!(error instanceof Fault)) throw error;
    return fault(error);
  }
};

function fault({ code, message }: Fault): Reply {
  const text = code.startsWith('sf:') ? `${code.slice(3)}: ${message}` : message;
  return envelope(
    500,
    `<soapenv:Fault><faultcode>${code}</faultcode><faultstring>${escapeXml(text)}</faultstring></soapenv:Fault>`
  );
}

function envelope(status: number, content: string): Reply {
  const namespaces = [
    'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"',
    'xmlns:sf="http://soap.sforce.com/2006/04/metadata"',
    `xmlns="${metadataNamespace}"`,
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  ];
  return {
    status,
    headers: { 'Content-Type': 'text/xml;charset=UTF-8' },
    body: `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope ${namespaces.join(' ')}><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`,
  };
}

function openEnvelope(context: Context): Omit<Call, 'context'> {
  const { world, path } = context;
  const version = Number(path.split('/')[4]);
  const root = parseXml(context.body);
  const body = child(root, 'Body')?.children[0];
  if (root.name !== 'Envelope' || !body) throw new Fault('soapenv:Client', 'no SOAP envelope');
  const sessionId = child(child(child(root, 'Header'), 'SessionHeader'), 'sessionId')?.text;
  const token = sessionId === undefined ? undefined : findToken(world.org, sessionId);
  // SOAP takes tokens in JWT format from 68.0 on.
  const jwt = /^eyJ[^.]*\.[^.]*\.[^.]*$/.test(token?.value ?? '');
  if (!token || (jwt && version < 68) || !token.scopes.some((scope) => scope === 'api' || scope === 'full')) {
    const reason =
      'Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session hash';
    throw new Fault('sf:INVALID_SESSION_ID', reason);
  }
  const { permissions } = token.user;
  if (!permissions.apiEnabled) {
    throw new Fault('sf:API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.');
  }
  if (!permissions.modifyMetadata) throw new Fault('sf:INSUFFICIENT_ACCESS', noMetadataPermission);
  return { token, version, body };
}

export const noMetadataPermission =
  'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions';

function describeMetadata({ context: { world }, version, body }: Call): Answer {
  const asOf = Number(child(body, 'asOfVersion')?.text ?? version);
  const known = kinds.filter(({ type }) => kindOf(type, { org: world.org, version: asOf }));
  return {
    metadataObjects: known.map(({ directory, file, suffix, type }) => ({
      directoryName: directory,
      inFolder: false,
      metaFile: file !== undefined,
      suffix,
      xmlName: type,
    })),
    organizationNamespace: '',
    partialSaveAllowed: world.org.facts.kind !== 'production',
    testRequired: world.org.facts.testsRequired,
  };
}

function listMetadata({ context: { world }, token: { user }, version, body }: Call): Answer {
  const queries = body.children.filter(({ name }) => name === 'queries');
  // Its words are a guess.
  if (queries.length > 3) throw new Fault('sf:LIMIT_EXCEEDED', 'at most 3 queries can be specified in a call');
  const place = placeOf(world, version, user);
  return queries.flatMap((query) => {
    const type = child(query, 'type')?.text ?? '';
    const kind = kindOf(type, { org: world.org, version });
    if (!kind) throw new Fault('sf:INVALID_TYPE', unknownType(type));
    const hidden = kind.hidden?.(place);
    if (hidden !== undefined) throw new Fault('sf:INSUFFICIENT_ACCESS', hidden);
    if (kind.feature && world.switches.listMetadataEmpty) return [];
    return kind.names(place).map((fullName) => fileProperties(kind, fullName, place));
  });
}

/** One record for each name, empty where there is none. */
function readMetadata({ context: { world }, token: { user }, version, body }: Call): Answer {
  const type = child(body, 'type')?.text ?? '';
  const names = texts(body, 'fullNames');
  const kind = kindOf(type, { org: world.org, version });
  if (!kind) throw new Fault('sf:INVALID_TYPE', unknownType(type));
  // Its words are a guess.
  if (names.length > 10) throw new Fault('sf:LIMIT_EXCEEDED', 'at most 10 components can be read in a call');
  const place = placeOf(world, version, user);
  const hidden = kind.hidden?.(place);
  if (hidden !== undefined) throw new Fault('sf:INSUFFICIENT_ACCESS', hidden);
  const records = names.map((fullName) => {
    const content = kind.content(fullName, place);
    if (content === undefined) return '<records xsi:nil="true"/>';
    return `<records xsi:type="${kind.root(fullName)}"><fullName>${escapeXml(fullName)}</fullName>${content}</records>`;
  });
  return new Xml(`<result>${records.join('')}</result>`);
}

async function deploy({ context, token: { user }, body }: Call): Promise<Answer> {
  const { world, now } = context;
  const given = child(body, 'DeployOptions');
  const option = (name: string): boolean => child(given, name)?.text === 'true';
  const options = {
    checkOnly: option('checkOnly'),
    rollbackOnError: option('rollbackOnError'),
    ignoreWarnings: option('ignoreWarnings'),
    testLevel: child(given, 'testLevel')?.text,
  };
  const zip = Buffer.from(child(body, 'ZipFile')?.text ?? '', 'base64');
  const { id } = await startDeploy({ world, user, now }, zip, options);
  return { done: false, id, state: 'Queued' };
}

/** Runs a deploy and keeps what came of it, for the requests that ask. */
export async function startDeploy(
  request: Parameters<typeof runDeploy>[0],
  zip: Buffer,
  options: Parameters<typeof runDeploy>[2]
): Promise<ReturnType<typeof addJob> & { kind: 'deploy' }> {
  const { world, user, now } = request;
  const outcome = await runDeploy(request, zip, options);
  const startedAt = new Date(now).toISOString();
  const polls = world.switches.metadataPolls;
  const job = addJob(world.org, { kind: 'deploy', user, polls, startedAt, options, outcome, canceled: false });
  return job as typeof job & { kind: 'deploy' };
}

const unknownJob = (): Fault => new Fault('sf:INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');

function checkDeployStatus({ context: { world }, body }: Call): Answer {
  const job = findJob(world.org, 'deploy', child(body, 'asyncProcessId')?.text ?? '');
  if (!job) throw unknownJob();
  const result = deployResult(job, isDone(job));
  if (child(body, 'includeDetails')?.text !== 'true') delete result['details'];
  return result;
}

function cancelDeploy({ context: { world }, body }: Call): Answer {
  const job = findJob(world.org, 'deploy', (child(body, 'id') ?? child(body, 'String'))?.text ?? '');
  if (!job) throw unknownJob();
  // Its words are a guess.
  if (!cancel(job)) throw new Fault('sf:INVALID_ID_FIELD', 'Deployment already completed');
  return { done: true, id: job.id };
}

async function retrieve({ context: { world }, token: { user }, version, body }: Call): Promise<Answer> {
  const request = child(body, 'request');
  const asked = readManifest(child(request, 'unpackaged') ?? { name: '', text: '', children: [] });
  const ofRequest = child(request, 'apiVersion')?.text ?? `${version}.0`;
  const retrieved = await runRetrieve(world, { ...asked, version: asked.version ?? ofRequest }, user);
  const { id } = addJob(world.org, { kind: 'retrieve', polls: world.switches.metadataPolls, retrieved });
  return { done: false, id, state: 'Queued' };
}

function checkRetrieveStatus({ context: { world }, body }: Call): Answer {
  const job = findJob(world.org, 'retrieve', child(body, 'asyncProcessId')?.text ?? '');
  if (!job) throw unknownJob();
  const { id, retrieved } = job;
  if (!isDone(job)) return { done: false, id, status: 'InProgress', success: false };
  const { files, problems, zip } = retrieved;
  return {
    done: true,
    fileProperties: files,
    id,
    messages: problems.map((problem) => ({ fileName: 'unpackaged/package.xml', problem })),
    status: 'Succeeded',
    success: true,
    ...(child(body, 'includeZip')?.text !== 'false' && { zipFile: zip.toString('base64') }),
  };
}
