import type { CheckId } from '../checks/define.ts';
import type { DataRead, Refused } from '../checks/data-facts.ts';
import type { Identity } from '../checks/facts.ts';
import type { Reading, Readers } from '../checks/run.ts';
import { speakerOf } from '../checks/user/api-refusal.ts';
import { problemOf } from '../errors.ts';
import { handover } from '../handover/fields.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import { readApiLimit } from '../org/api-limit.ts';
import { downloadLogFile, readEventLogFiles, readEvents, readSetupAuditTrail } from '../org/collected-data.ts';
import type { GrantedSession } from '../org/granted-session.ts';
import type { Network } from '../org/http.ts';
import { once } from '../org/once.ts';
import type { Answer, OrgSession } from '../org/session.ts';
import { readUserRights } from '../org/user-rights.ts';
import type { TokenGrant } from '../token/response.ts';
import type { Tried } from './attempt.ts';
import { guardedAfter, openTried, type Before } from './granted.ts';

/** What is read with the token of the attempt. */
export type TokenRead = Omit<DataRead, 'userState' | 'sessionLifetime'>;

export type TokenSources = {
  login: StoredLogin;
  network: Network;
  tried: () => Promise<Tried>;
  /** Asked only when a request failed, to see whether the same met it. */
  identity: () => Promise<Reading<Identity>>;
  /** An administrator's session, which may see limits that the integration user may not. */
  admin?: Pick<OrgSession, 'request'> | undefined;
};

/**
 * What the collector would get, asked with the token of the attempt: every query at the same time, and the download after the query of log
 * files. After a refused login nothing is sent.
 */
export function makeTokenReaders({ login, network, tried, identity, admin }: TokenSources): Readers<keyof TokenRead> {
  const opened = openTried(network, tried);
  const whoAmI: Before = ['login-username', identity];
  const asked = <Value>(
    before: readonly Before[],
    read: (session: GrantedSession, grant: TokenGrant) => Promise<Reading<Value>>
  ): (() => Promise<Reading<Value>>) =>
    once(() =>
      guardedAfter(before, async (): Promise<Reading<Value>> => {
        const open = await opened();
        return 'blocked' in open ? open : read(open.session, open.grant);
      })
    );
  const userRights = asked([whoAmI], async (session) => answered('user-api-enabled', await readUserRights(session)));
  const before: readonly Before[] = [whoAmI, ['user-api-enabled', userRights]];
  const answer = <Value>(check: CheckId, read: (session: GrantedSession) => Promise<Answer<Value>>) =>
    asked(before, async (session) => answered(check, await read(session)));
  const eventLogFiles = answer('data-event-log-files', (session) => readEventLogFiles(session, network.now()));

  const logDownload = asked(
    before,
    async (_, { instanceUrl, accessToken }): Promise<Reading<TokenRead['logDownload']>> => {
      const handedOver = handover(login).fields.instanceUrl;
      if (handedOver === undefined) return { blocked: 'handover-complete' };
      // The token goes nowhere but to the org; an address that differs has a finding of its own already.
      if (handedOver.toLowerCase() !== instanceUrl.toLowerCase()) return { blocked: 'login-instance-url' };
      const files = await eventLogFiles();
      if (!('value' in files)) return 'blocked' in files ? files : { blocked: 'data-event-log-files' };
      if ('refused' in files.value) return { blocked: 'data-event-log-files' };
      const { sample } = files.value;
      return { value: sample && (await downloadLogFile(handedOver, sample.path, accessToken, network)) };
    }
  );

  return {
    userRights,
    eventLogFiles,
    logDownload,
    loginEvents: answer('data-login-events', (session) => readEvents(session, 'LoginEvent', network.now())),
    logoutEvents: answer('data-logout-events', (session) => readEvents(session, 'LogoutEvent', network.now())),
    setupAuditTrail: answer('data-setup-audit-trail', (session) => readSetupAuditTrail(session, network.now())),
    apiLimit: answer('data-api-limit', async (session) => {
      const limit = await readApiLimit(session.request);
      if (!('refused' in limit) || admin === undefined || speakerOf(limit.refused) !== undefined) return limit;
      try {
        return await readApiLimit((path) => admin.request({ method: 'GET', path }));
      } catch (error) {
        // A session that can't be used is told by the first check that needs it; any other error is a bug, and is thrown on.
        problemOf(error);
        return limit;
      }
    }),
  };
}

/** A refusal is a value for the check that asked; one that would meet every request is left to the check that speaks of it. */
function answered<Value>(check: CheckId, answer: Answer<Value>): Reading<Value | Refused> {
  if ('value' in answer) return answer;
  const speaker = speakerOf(answer.refused);
  return speaker === undefined || speaker === check ? { value: answer } : { blocked: speaker };
}
