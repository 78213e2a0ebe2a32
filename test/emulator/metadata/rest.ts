import { restBearer } from '../bearer.ts';
import { json, notFound, restError } from '../http.ts';
import type { Context, Handler, Reply } from '../http.ts';
import type { Token } from '../tokens.ts';
import type { DeployOptions } from './deploy.ts';
import { cancel, deployResult, findJob, isDone } from './jobs.ts';
import type { DeployJob } from './jobs.ts';
import { noMetadataPermission, startDeploy } from './soap.ts';

const permitted =
  (handle: (context: Context, token: Token) => Reply | Promise<Reply>): Handler =>
  (context) => {
    const judged = restBearer(context);
    if ('refusal' in judged) return judged.refusal;
    const { modifyMetadata } = judged.token.user.permissions;
    return modifyMetadata ? handle(context, judged.token) : restError(403, 'INSUFFICIENT_ACCESS', noMetadataPermission);
  };

/** The parts of a multipart/form-data body by name (RFC 7578), byte for byte. */
function multipart(bytes: Buffer, contentType: string): Map<string, Buffer> {
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1];
  const parts = new Map<string, Buffer>();
  if (boundary === undefined) return parts;
  // latin1 keeps every byte as one character.
  for (const part of bytes.toString('latin1').split(`--${boundary}`)) {
    const end = part.indexOf('\r\n\r\n');
    const name = / name="([^"]+)"/.exec(part.slice(0, end))?.[1];
    if (end >= 0 && name !== undefined) parts.set(name, Buffer.from(part.slice(end + 4, -2), 'latin1'));
  }
  return parts;
}

/** `POST …/metadata/deployRequest`: a zip and the options as multipart/form-data (Metadata API Developer Guide, REST resources). */
export const deployRequest: Handler = permitted(async ({ world, headers, bytes, now }, { user }) => {
  const parts = multipart(bytes, headers['content-type'] ?? '');
  const [content, file] = [parts.get('entity_content') ?? parts.get('json'), parts.get('file')];
  if (!content || !file) {
    return restError(400, 'INVALID_MULTIPART_REQUEST', 'The multipart request needs the parts json and file');
  }
  const { deployOptions: given } = JSON.parse(content.toString('utf8')) as { deployOptions: Partial<DeployOptions> };
  const options = {
    ...{ checkOnly: false, rollbackOnError: false, ignoreWarnings: false, testLevel: undefined },
    ...given,
  };
  const job = await startDeploy({ world, user, now }, file, options);
  const { details: _, ...result } = deployResult(job, false);
  return json(201, {
    id: job.id,
    validatedDeployRequestId: null,
    deployOptions: options,
    deployResult: { ...result, status: 'Pending' },
  });
});

/** `GET` and `PATCH …/metadata/deployRequest/<id>`: its state, and its cancellation. */
export const deployRequestById: Handler = permitted(({ world, path, query, method, body }) => {
  const job = findJob(world.org, 'deploy', path.split('/').at(-1) ?? '');
  if (!job) return notFound();
  if (method === 'PATCH') return cancellation(job, body);
  const result = deployResult(job, isDone(job));
  if (query.get('includeDetails') !== 'true') delete result['details'];
  return json(200, { id: job.id, deployResult: result });
});

function cancellation(job: DeployJob, body: string): Reply {
  const { deployResult: wanted } = JSON.parse(body) as { deployResult?: { status?: string } };
  if (wanted?.status !== 'Canceling') return restError(400, 'INVALID_OPERATION', 'status must be Canceling');
  // Its words are a guess.
  if (!cancel(job)) return restError(400, 'INVALID_ID_FIELD', 'Deployment already completed');
  return json(202, { id: job.id, deployResult: deployResult(job, true) });
}
