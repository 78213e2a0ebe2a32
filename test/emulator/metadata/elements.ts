import type { App, OrgState, User } from '../state.ts';
import type { Switches } from '../switches.ts';
import type { Draft } from './store.ts';
import type { Element } from './xml.ts';
import { metadataNamespace } from './xml.ts';

/** What the org says of a component that it refuses. */
export class Problem extends Error {}

/** What the elements of one component are read and written with. */
export type Place = {
  org: OrgState;
  draft: Draft;
  /** Who deploys or retrieves. */
  user: User;
  switches: Switches;
  /** Of the manifest. */
  version: number;
  ignoreWarnings: boolean;
};

/** An element that the state of an app stands for. `write` gets undefined where the deploy left the element out. */
export type Bound = {
  read: (app: App, place: Place) => string | undefined;
  write: (app: App, value: string | undefined, place: Place) => void;
};

export type ElementType = {
  /** An array is an enum; `structure` has children, and may be repeated. */
  kind: 'text' | 'boolean' | 'int' | 'structure' | readonly string[];
  required?: boolean;
  /** First and last API version that knows it; none: every version. */
  since?: number;
  until?: number;
  /** Values that a later version added to an enum. */
  later?: { since: number; values: readonly string[] };
  /** What the org has where nothing was deployed. */
  initial?: string;
  bound?: Bound;
};

export type ElementTypes = Readonly<Record<string, ElementType>>;

export type Values = Map<string, string | Element[]>;

export const known = ({ since = 0, until = Infinity }: ElementType, version: number): boolean =>
  version >= since && version <= until;

/** The version whose WSDL is known: newer elements have no place in the alphabet that is certain (§1.2). */
const orderedUpTo = 66;

/**
 * The elements of a component, judged by their types. Those out of the alphabetical order are dropped without a word where a switch says
 * so (docs/reference/external-client-apps.md §1.1, §7).
 */
export function readValues(root: Element, typeName: string, types: ElementTypes, { version, switches }: Place): Values {
  const values: Values = new Map();
  let highest = '';
  for (const element of root.children) {
    const { name } = element;
    const type = types[name];
    if (!type || !known(type, version)) {
      const where = `{${metadataNamespace}}${name} invalid at this location in type ${typeName}`;
      throw new Problem(`Error parsing file: Element ${where}`);
    }
    if (switches.outOfOrderElements === 'dropped' && (type.since ?? 0) <= orderedUpTo) {
      if (name.toLowerCase() < highest) continue;
      highest = name.toLowerCase();
    }
    if (type.kind === 'structure') {
      values.set(name, [...((values.get(name) as Element[] | undefined) ?? []), element]);
    } else if (values.has(name)) {
      throw new Problem(`Error parsing file: Element ${name} is duplicated at this location in type ${typeName}`);
    } else {
      judge(name, element.text, type, version);
      values.set(name, element.text);
    }
  }
  for (const [name, type] of Object.entries(types)) {
    // Its words are a guess.
    if (type.required && known(type, version) && !values.has(name))
      throw new Problem(`Required field is missing: ${name}`);
  }
  return values;
}

function judge(name: string, text: string, { kind, later }: ElementType, version: number): void {
  const isLater = later !== undefined && version >= later.since && later.values.includes(text);
  if (Array.isArray(kind) && !kind.includes(text) && !isLater) {
    const enumName = name.charAt(0).toUpperCase() + name.slice(1);
    throw new Problem(`'${text}' is not a valid value for the enum '${enumName}'`);
  }
  if (kind === 'boolean' && !/^(true|false|1|0)$/.test(text)) {
    throw new Problem(`'${text}' is not a valid value for the type xsd:boolean`);
  }
  if (kind === 'int' && !/^[-+]?\d+$/.test(text)) {
    throw new Problem(`'${text}' is not a valid value for the type xsd:int`);
  }
}
