import { orgOauth, type OrgSettings } from '../app/org-settings.ts';
import type { FlowAside, FlowRead } from '../checks/flow-facts.ts';
import type { Reading, Readers } from '../checks/run.ts';
import type { Answer, OrgSession } from '../org/session.ts';
import { readFlowLogins } from '../org/flow-logins.ts';
import { once } from '../org/once.ts';
import { readOrgSettings } from '../org/org-settings.ts';
import { guarded } from './guarded.ts';
import { permissions, unreadable } from './unreadable.ts';

/** One reader per fact of the flows, and what they were read from. */
export type FlowSources = {
  readers: Readers<keyof FlowRead | keyof FlowAside>;
  orgSettings: () => Promise<Reading<OrgSettings>>;
};

export function makeFlowReaders(session: OrgSession): FlowSources {
  const orgSettings = once(() => guarded(async () => asReading(await readOrgSettings(session), permissions.metadata)));
  const readers: Readers<keyof FlowRead | keyof FlowAside> = {
    orgOauth: async () => mapped(await orgSettings(), orgOauth),
    flowLogins: () => seenOrNot(() => readFlowLogins(session)),
  };
  return { readers, orgSettings };
}

const asReading = <Value>(answer: Answer<Value>, permission: string): Reading<Value> =>
  'refused' in answer ? unreadable(answer.refused, permission) : answer;

const mapped = <From, To>(reading: Reading<From>, make: (value: From) => To): Reading<To> =>
  'value' in reading ? { value: make(reading.value) } : reading;

/** What is told where the org shows it, and never stands in the way of a check. */
async function seenOrNot<Value>(read: () => Promise<Answer<Value | undefined>>): Promise<Reading<Value | undefined>> {
  const reading = await guarded<Value | undefined>(async () => {
    const answer = await read();
    return { value: 'value' in answer ? answer.value : undefined };
  });
  return 'value' in reading ? reading : { value: undefined };
}
