import { basename, dirname, resolve } from 'node:path';
import { aquilaError } from '../errors.ts';
import { publishFiles } from '../files/publish.ts';
import { readAgain } from '../files/read.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import { storeToken } from '../org/stored-secrets.ts';
import type { TokenResponse } from '../token/response.ts';

/** Where the new refresh token is: in the login of this user, in this file, or in the memory of this process alone. */
export type Rotation = { login: string } | { file: string } | 'nowhere';

/**
 * An app may replace the refresh token with every use, and the old one ends with that. Whoever keeps the old one would lose the login, so
 * the new one goes where the old one came from.
 *
 * @param from.owner the stored login that the token was read from
 * @param from.file else the path that it was read from, or `-`: what else stands in it stays
 * @param from.sent the token that was sent
 * @returns undefined where the org replaced nothing
 * @throws RefreshTokenNotKept
 */
export async function keepRotated(
  { accessToken, instanceUrl, refreshToken }: TokenResponse,
  { owner, file, sent }: { owner: StoredLogin | undefined; file: string | undefined; sent: string | undefined }
): Promise<Rotation | undefined> {
  if (refreshToken === undefined || (!owner && file === undefined)) return undefined;
  if (!owner && file === '-') return 'nowhere';
  try {
    if (owner) {
      await storeToken(owner.username, {
        accessToken,
        refreshToken,
        ...(instanceUrl !== undefined && { instanceUrl }),
      });
      return { login: owner.username };
    }
    const path = resolve(file ?? '');
    const held = await readAgain(path);
    const isWithin = sent !== undefined && held?.includes(sent) === true;
    const bytes = isWithin ? held.replaceAll(sent, () => refreshToken) : `${refreshToken}\n`;
    const token = { name: basename(path), bytes, mode: 0o600 } as const;
    await publishFiles(dirname(path), [token], { force: true });
    return { file: path };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'for an unknown reason';
    throw aquilaError('RefreshTokenNotKept', [reason.slice(0, 300)]);
  }
}

/** Whether ids alone tell that a token belongs to the user of a stored login, so that no question has to come first. */
export const isTokenOf = (login: StoredLogin | undefined, { orgId, userId }: TokenResponse): boolean =>
  login?.userId !== undefined && userId?.slice(0, 15) === login.userId.slice(0, 15) && orgId === login.orgId;

/** Whether ids alone tell that it belongs to somebody else. */
export const isTokenOfAnother = (login: StoredLogin, { userId }: TokenResponse): boolean =>
  login.userId !== undefined && userId !== undefined && userId.slice(0, 15) !== login.userId.slice(0, 15);
