import { X509Certificate, type KeyObject } from 'node:crypto';
import { SfError } from '@salesforce/core/sfError';
import type { AppCertificate } from '../app/certificate.ts';
import { shellWord } from '../cert/shell.ts';
import { aquilaError } from '../errors.ts';
import { readKeyFrom } from '../files/private-key.ts';
import type { Network } from '../org/http.ts';
import { requestToken } from '../org/request-token.ts';
import { mendedByTime } from '../token/cause.ts';
import { refusalError } from '../token/refusal-error.ts';
import { refusalLine } from '../token/refusal.ts';
import { readTokenAnswer, type HttpAnswer, type TokenGrant } from '../token/response.ts';

/** Seconds between two attempts (docs/reference/external-client-apps.md §6). */
const secondsBetween = 30;

/** What may be otherwise in half a minute. */
const passing = ['HostNotFound', 'ConnectionRefused', 'ConnectionLost', 'RequestTimedOut', 'TlsFailed', 'ProxyFailed'];

export type WaitingKey = { privateKey: KeyObject; keyFile: string };

/**
 * The key that a login is tried with, found before anything is changed: the one beside the certificate.
 *
 * @param certificate what the file holds
 * @throws AppWaitKeyMissing, and what keeps the key from being used
 */
export async function readWaitingKey(
  { certificateFile, username }: { certificateFile: string | undefined; username: string | undefined },
  certificate: AppCertificate | undefined
): Promise<WaitingKey> {
  if (username === undefined) throw aquilaError('AppWaitKeyMissing', ['no --username says who logs in']);
  if (certificateFile === undefined || !certificate)
    throw aquilaError('AppWaitKeyMissing', ['no --certificate-file says where the key is']);
  const keyFile = certificateFile.replace(/\.[^./\\]+$/, '') + '.key';
  const { privateKey } = await readKeyFrom(keyFile);
  if (!new X509Certificate(certificate.pem).checkPrivateKey(privateKey))
    throw aquilaError('AppWaitKeyMissing', [`${keyFile} is not the key of ${certificateFile}`]);
  return { privateKey, keyFile };
}

export type LoginWait = {
  clientId: string;
  /** Where the token is asked for; My Domain of the org. */
  instanceUrl: string;
  /** Of the assertion, if it is another one. */
  audience?: string | undefined;
  username: string;
  minutes: number;
  privateKey: KeyObject;
  /** Where the person finds that key. */
  keyFile: string;
  network: Network;
  pause?: (milliseconds: number) => Promise<void>;
};

/** A login that was granted, and whether the first attempt was the last. */
export type AwaitedLogin = { granted: TokenGrant; atOnce: boolean };

/**
 * Tries the collector's login every 30 seconds until it is granted. Nothing is stored.
 *
 * @throws AppLoginNotYet, or what keeps the network from answering, when the time is over; LoginRefused at once for an answer that waiting
 *   does not mend
 */
export async function waitForLogin(wait: LoginWait): Promise<AwaitedLogin> {
  const { clientId, username, minutes, privateKey, network, pause = sleep } = wait;
  const { instanceUrl: host, audience = host } = wait;
  const end = network.now().getTime() + minutes * 60_000;
  const isOver = (): boolean => network.now().getTime() + secondsBetween * 1000 > end;
  for (let atOnce = true; ; atOnce = false) {
    let http: HttpAnswer;
    try {
      http = await requestToken(host, { clientId, username, audience }, privateKey, network);
    } catch (error) {
      if (isOver() || !(error instanceof SfError) || !passing.includes(error.name)) throw error;
      await pause(secondsBetween * 1000);
      continue;
    }
    const answer = readTokenAnswer(http);
    if ('granted' in answer) return { granted: answer.granted, atOnce };
    if (!answer.refused.causes.some(({ id }) => mendedByTime.includes(id))) {
      throw refusalError(answer.refused, http, username);
    }
    if (isOver()) {
      const login = `sf aquila login --username ${shellWord(username)} --client-id ${shellWord(clientId)} --jwt-key-file ${shellWord(wait.keyFile)} --instance-url ${shellWord(host)}`;
      throw aquilaError('AppLoginNotYet', [minutes, refusalLine(answer.refused)], [login]);
    }
    await pause(secondsBetween * 1000);
  }
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
