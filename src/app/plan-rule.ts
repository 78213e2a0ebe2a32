import type { Fields } from './component.ts';
import type { AppDefinition } from './definition.ts';
import type { Slot } from './found.ts';

/** Who has access already, as `SetupEntityAccess` shows it; the retrieved policy may name fewer. */
export type Granted = { permissionSets: readonly string[]; profiles: readonly string[] };

export type RuleInput = {
  fields: Fields;
  wanted: AppDefinition;
  granted: Granted;
  /** The app issues access tokens in JWT format: then another timeout governs. */
  jwtAccessTokens: boolean;
};

/** What a setting is, what it becomes, and the elements that make it so; undefined where nothing is to do. */
export type Outcome = { from: string | null; to: string; set: Record<string, string> } | undefined;

/** One setting of the guide, in words of Setup. The order is that of the guide. */
export type Rule = { slot: Slot; setting: string; judge: (input: RuleInput) => Outcome };
