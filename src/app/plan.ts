import { problem, type Problem } from '../errors.ts';
import type { Field, Part } from './component.ts';
import type { AppDefinition } from './definition.ts';
import { slotTypes, type FoundParts, type Slot } from './found.ts';
import { unionOf } from './grants.ts';
import { isMarked, withMarker } from './marker.ts';
import { newPart, newSettings } from './new-parts.ts';
import type { Granted } from './plan-rule.ts';
import { rules } from './plan-rules.ts';
import { isTrue, listed, textOf } from './words.ts';

/** One setting in words of Setup; `from` is null where there was none. */
export type Change = { setting: string; from: string | null; to: string };

export type AppPlan = {
  /** In the order of the guide; empty where the app is as wanted. */
  changes: Change[];
  /** Every part that must change, whole, as it shall be: the Metadata API replaces records. */
  parts: Part[];
  /** The app is new or switched off, and will be on. */
  enables: boolean;
  /** The org does not have the app yet. */
  created: boolean;
};

export type PlanInput = {
  wanted: AppDefinition;
  /** Undefined for an app that the org does not have. */
  found: FoundParts | undefined;
  /** Who has access already; nobody where left out. */
  granted?: Granted | undefined;
  /** What a new app gets; the one in `wanted` comes first. */
  clientId: string;
  orgId: string;
};

type PlanProblemCode = 'AppContactEmailMissing' | 'AppCertificateMissing' | 'AppCertificateHidden' | 'AppClientIdFixed';

type Draft = { part: Part; isNew: boolean; isChanged: boolean };

const slots = Object.keys(slotTypes) as Slot[];

/**
 * What must change so that the app is as the guide wants it: nothing is taken away, and what neither the guide nor the request names is
 * left alone, so that a second plan finds nothing to do (docs/reference/external-client-apps.md §6).
 *
 * Where the org does not return the app's client id, `wanted.clientId` can't be compared here.
 */
export function planApp(input: PlanInput): AppPlan | { problem: Problem<PlanProblemCode> } {
  const { wanted, found, orgId, granted = { permissionSets: [], profiles: [] } } = input;
  const name = found?.header.fullName ?? wanted.developerName;
  const refused = refusalOf(input, name);
  if (refused) return { problem: refused };

  const drafts = draftsOf(input, name);
  const changes: Change[] = [];
  const wasOn =
    found?.policy !== undefined &&
    found.oauthPolicy !== undefined &&
    isTrue(found.policy.fields, 'isEnabled') &&
    isTrue(found.policy.fields, 'isOauthPluginEnabled');
  const jwtAccessTokens = isTrue(drafts.global.part.fields, 'isNamedUserJwtEnabled');
  for (const { slot, setting, judge } of rules) {
    const draft = drafts[slot];
    const outcome = judge({ fields: draft.part.fields, wanted, granted, jwtAccessTokens });
    if (!outcome) continue;
    changes.push({ setting, from: outcome.from, to: outcome.to });
    draft.part = { ...draft.part, fields: { ...draft.part.fields, ...outcome.set } };
    draft.isChanged = true;
  }

  const [defaults, names] = newSettingsOf(drafts);
  changes.unshift(...names);
  changes.push(...defaults);
  const created = found === undefined;
  if (changes.length === 0) return { changes, parts: [], enables: false, created };
  if (loses(drafts.global)) return { problem: problem('AppCertificateHidden', [name]) };
  mark(drafts.header, changes);
  // The switch is deployed off and then on, whether or not it differs: without OAuth policies nothing says yet who may use the app.
  if (!wasOn) drafts.policy.isChanged = true;
  const parts = slots
    .filter((slot) => drafts[slot].isChanged)
    .map((slot) => finalPart(slot, drafts[slot], granted, orgId));
  return { changes, parts, enables: !wasOn, created };
}

/** What new parts bring along: defaults, which come last in the list of changes, and the name of the app, which comes first. */
function newSettingsOf(drafts: Record<Slot, Draft>): [defaults: Change[], names: Change[]] {
  const all = slots.flatMap((slot) => (drafts[slot].isNew ? newSettings(slot, drafts[slot].part) : []));
  const names = drafts.header.isNew ? all.slice(0, 1) : [];
  return [all.slice(names.length), names];
}

function refusalOf({ wanted, found }: PlanInput, name: string): Problem<PlanProblemCode> | undefined {
  const email = wanted.contactEmail ?? textOf(found?.header.fields, 'contactEmail');
  if (email === undefined) return problem('AppContactEmailMissing');
  if (!found?.global && !wanted.certificate) return problem('AppCertificateMissing');
  const clientId = textOf(found?.global?.fields, 'consumerKey');
  const isOther = wanted.clientId !== undefined && clientId !== undefined && wanted.clientId !== clientId;
  return isOther ? problem('AppClientIdFixed', [name]) : undefined;
}

function draftsOf({ wanted, found, clientId }: PlanInput, name: string): Record<Slot, Draft> {
  const label = textOf(found?.header.fields, 'label') ?? wanted.label;
  const app = { developerName: name, label, clientId: wanted.clientId ?? clientId };
  const draft = (slot: Slot): Draft => {
    const part = found?.[slot];
    return { part: part ?? newPart(slot, app), isNew: part === undefined, isChanged: part === undefined };
  };
  return {
    header: draft('header'),
    global: draft('global'),
    oauth: draft('oauth'),
    oauthPolicy: draft('oauthPolicy'),
    policy: draft('policy'),
  };
}

/** Settings deployed without their certificate clear it in the org (docs/reference/external-client-apps.md §3). */
const loses = ({ part, isChanged }: Draft): boolean => isChanged && textOf(part.fields, 'certificate') === undefined;

function mark(header: Draft, changes: Change[]): void {
  const from = textOf(header.part.fields, 'description');
  if (isMarked(from)) return;
  const description = withMarker(from);
  changes.push({ setting: 'Description', from: from ?? null, to: description });
  header.part = { ...header.part, fields: { ...header.part.fields, description } };
  header.isChanged = true;
}

/** Elements that the org makes for itself, or that would change what must stay (docs/reference/external-client-apps.md §4, §6). */
const neverSent: Record<Slot, readonly string[]> = {
  header: ['managedType'],
  global: ['consumerKey', 'consumerSecret', 'shouldRotateConsumerKey', 'shouldRotateConsumerSecret'],
  oauth: ['oauthLink'],
  oauthPolicy: ['isNamedUserJwtEnabled'],
  policy: [],
};

function finalPart(slot: Slot, { part, isNew }: Draft, granted: Granted, orgId: string): Part {
  const whole = slot === 'oauthPolicy' ? withGranted(part, granted) : part;
  return isNew ? whole : deployable(slot, whole, orgId);
}

/** A part as the org gave it, in the form in which it may be deployed to the same org. */
export function deployable(slot: Slot, part: Part, orgId: string): Part {
  const owner = textOf(part.fields, 'orgScopedExternalApp')?.split(':')[0];
  const foreign = owner?.slice(0, 15) === orgId.slice(0, 15) ? [] : ['orgScopedExternalApp'];
  const dropped = [...neverSent[slot], ...foreign];
  return {
    ...part,
    fields: Object.fromEntries(Object.entries(part.fields).filter(([element]) => !dropped.includes(element))),
  };
}

/** A record is replaced whole: whoever has access and is not named in it could lose it. */
function withGranted(part: Part, granted: Granted): Part {
  const fields: Record<string, Field> = { ...part.fields };
  keep(fields, 'commaSeparatedPermissionSet', granted.permissionSets);
  keep(fields, 'commaSeparatedProfile', granted.profiles);
  return { ...part, fields };
}

function keep(fields: Record<string, Field>, element: string, names: readonly string[]): void {
  const all = unionOf(listed(textOf(fields, element), ','), names);
  if (all.length > 0) fields[element] = all.join(',');
}

const isSwitch = ({ type }: Part): boolean => type === slotTypes.policy;

const switched = (part: Part, isEnabled: 'true' | 'false'): Part => ({
  ...part,
  fields: { ...part.fields, isEnabled },
});

/** The parts with the app switched off: for the first of two deployments, so that it is never on before its policies hold. */
export const disabled = (parts: readonly Part[]): Part[] =>
  parts.map((part) => (isSwitch(part) ? switched(part, 'false') : part));

/** What the second deployment consists of: the switch, on. */
export const enabling = (parts: readonly Part[]): Part[] =>
  parts.filter(isSwitch).map((part) => switched(part, 'true'));
