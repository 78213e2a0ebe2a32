import { readAppCertificate } from '../app/certificate.ts';
import type { DataRead } from '../checks/data-facts.ts';
import type { AppRead, AsideRead, SoughtApp } from '../checks/facts.ts';
import type { Reading, Readers } from '../checks/run.ts';
import type { Tried } from './attempt.ts';

type Sources = Readers<keyof AppRead> & Pick<Readers<keyof DataRead>, 'userState'>;

/**
 * After a refused login, what an administrator's session shows of its possible reasons. The facts are those that the checks of app and user
 * judge; none is read for this alone, and what can't be read is left out.
 *
 * @param local the certificate on this machine: `ours` belongs to the key, `stray` to another
 */
export async function readAppWitness(
  tried: () => Promise<Tried>,
  sources: Sources,
  { ours, stray }: { ours?: SoughtApp['certificate']; stray?: SoughtApp['certificate'] }
): Promise<Reading<AsideRead['appWitness']>> {
  const attempt = await tried();
  if (!('attempt' in attempt) || !('refused' in attempt.attempt.answer)) return { value: undefined };
  const { app, appState, appScopes, appPolicy, appOauth, preauthorisation, userState } = sources;
  const [header, state, scopes, policy, oauth, approval, user] = await Promise.all([
    app(),
    appState(),
    appScopes(),
    appPolicy(),
    appOauth(),
    preauthorisation(),
    userState(),
  ]);
  const certificate = valueOf(oauth)?.certificate;
  const held = certificate === undefined ? undefined : readAppCertificate(certificate);
  const isFound = 'value' in header ? true : isAbsent(header) ? false : undefined;
  const known = valueOf(approval);
  const isUnknown = [approval, user].some((one) => 'failed' in one && one.failed.code === 'UserUnknown');
  const userRow = valueOf(user);
  return {
    value: {
      ...given('found', isFound),
      ...given(
        'enabled',
        map(valueOf(state), ({ enabled, oauth: isOn }) => enabled && isOn)
      ),
      ...given(
        'adminApproved',
        map(valueOf(policy), ({ permittedUsers }) => permittedUsers === 'admin-approved')
      ),
      ...given(
        'preauthorised',
        map(known?.user, ({ through }) => through.length > 0)
      ),
      ...given(
        'refreshScope',
        map(valueOf(scopes), (one) => one.scopes.some(refreshes))
      ),
      ...given('holdsOurs', ours && held ? held.fingerprint256 === ours.fingerprint256 : undefined),
      ...given('holdsStray', stray && held ? held.fingerprint256 === stray.fingerprint256 : undefined),
      ...given('userKnown', isUnknown ? false : known?.user && true),
      ...given(
        'userActive',
        map(userRow, ({ active, frozen }) => active && frozen !== true)
      ),
    },
  };
}

const refreshes = (scope: string): boolean => scope === 'refresh_token' || scope === 'offline_access';

const valueOf = <Value>(reading: Reading<Value>): Value | undefined => ('value' in reading ? reading.value : undefined);

const isAbsent = (reading: Reading<unknown>): boolean =>
  'failed' in reading && ['AppNotFound', 'AppOfClientIdNotFound'].includes(reading.failed.code);

const map = <Value>(value: Value | undefined, judge: (value: Value) => boolean): boolean | undefined =>
  value === undefined ? undefined : judge(value);

const given = <Name extends string>(name: Name, value: boolean | undefined): Partial<Record<Name, boolean>> =>
  value === undefined ? {} : ({ [name]: value } as Record<Name, boolean>);
