import type { AppCertificate } from '../app/certificate.ts';
import { callbackUrlAt } from '../app/callback-url.ts';
import { defineApp, type AppDefinition, type AppRequest } from '../app/definition.ts';
import { uploadFile } from '../cert/upload.ts';
import { aquilaError, toError } from '../errors.ts';
import { readCertificateFrom } from '../files/certificate.ts';
import { findProject } from '../files/project.ts';
import { usernameProblem } from '../token/username.ts';

export type CreateAppRequest = Omit<AppRequest, 'certificate'> & {
  /** Alias or username of an administrator's login; the default org if undefined. */
  targetOrg: string | undefined;
  certificateFile: string | undefined;
  /** Read already, in place of the file. */
  certificate?: AppCertificate | undefined;
  /** The integration user. */
  username: string | undefined;
  /** Let the org validate the plan, and change nothing. */
  dryRun: boolean;
  /** Change an app that somebody else made. */
  force: boolean;
  /** Minutes to wait for a login with the app. */
  wait: number;
};

/** Reads the files and judges the values, before any org is asked. */
export async function readDefinition(request: Omit<CreateAppRequest, 'targetOrg'>): Promise<AppDefinition> {
  const unusable = request.username === undefined ? undefined : usernameProblem(request.username);
  if (unusable) throw toError(unusable);
  const file = request.certificateFile;
  const certificate = request.certificate ?? (file === undefined ? undefined : await readUpload(file));
  const callbackUrl = request.callbackUrl ?? callbackUrlAt(findProject('.')?.oauthLocalPort);
  const defined = defineApp({ ...request, certificate, callbackUrl });
  if ('problem' in defined) throw toError(defined.problem);
  return defined.definition;
}

/**
 * A certificate that Salesforce takes for an app, alone.
 *
 * @throws what is wrong with the file or with the certificate
 */
async function readUpload(file: string): Promise<AppCertificate> {
  const { path, certificate } = await readCertificateFrom(file);
  const pem = uploadFile(certificate, path);
  const kind = certificate.publicKey.asymmetricKeyType ?? 'unknown';
  if (kind !== 'rsa') throw aquilaError('AppCertificateNotRsa', [path, kind], []);
  return { pem, fingerprint256: certificate.fingerprint256 };
}
