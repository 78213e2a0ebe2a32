import type { SfError } from '@salesforce/core/sfError';
import { problem, toError } from '../errors.ts';
import type { DeployCause } from './deploy-causes.ts';
import { deployRefusalRows, type DeployRowId } from './deploy-refusal-rows.ts';

/** What an org said of a deployment or of one component in it, verbatim. */
export type DeployWords = {
  problem: string;
  /** Where a whole request was refused, or where the component has a code. */
  errorCode?: string | undefined;
  /** Of the component that it is about; left out where it is about all. */
  type?: string | undefined;
  fullName?: string | undefined;
};

/** The words with what is known about their causes, likeliest first; empty for words that no source explains. */
export type DeployRefusal = DeployWords & {
  row: DeployRowId | undefined;
  causes: readonly DeployCause[];
  /** The name under which the org has the part already. */
  existing: string | undefined;
};

const existingName = /duplicates value on (?:record with id:? ?)?([A-Za-z]\w*)/i;

/** Finds the documented row for a refusal. Words that nobody has documented get no invented cause. */
export function explainDeployRefusal(words: DeployWords): DeployRefusal {
  const said = [words.errorCode, words.problem].filter((text) => text !== undefined).join(': ');
  const row = deployRefusalRows.find((one) => one.words.test(said));
  const existing = row?.id === 'duplicate-part' ? existingName.exec(words.problem)?.[1] : undefined;
  return { ...words, row: row?.id, causes: row?.causes ?? [], existing };
}

/** One line with everything that the org said: `ExtlClntAppOauthSettings AQUILA_oauth: There's a problem …`. */
export function deployRefusalLine({ type, fullName, errorCode, problem: said }: DeployWords): string {
  const about = [type, fullName].filter((text) => text !== undefined && text !== '').join(' ');
  const coded = errorCode !== undefined && !said.startsWith(errorCode) ? `${errorCode}: ${said}` : said;
  return about === '' ? coded : `${about}: ${coded}`;
}

/** Where one part is refused for a known reason, those that stand on it are refused for its sake: they say nothing more. */
function withoutConsequences(refusals: readonly DeployRefusal[]): DeployRefusal[] {
  const isReason = ({ row, causes }: DeployRefusal): boolean => row !== 'cross-reference' && causes.length > 0;
  return refusals.some(isReason) ? refusals.filter(({ row }) => row !== 'cross-reference') : [...refusals];
}

/**
 * A refused deployment as the error that ends the command: the org's own words, our candidates, and a fix for each.
 *
 * @param failures each once; at least one
 * @param fill completes a fix with the names that it leaves open
 */
export function deployError(failures: readonly DeployWords[], fill: (fix: string) => string): SfError {
  const refusals = withoutConsequences(failures.map(explainDeployRefusal));
  const causes = new Map(refusals.flatMap((refusal) => refusal.causes).map((cause) => [cause.fix, cause]));
  const lines = [
    ...new Set(failures.map(deployRefusalLine)),
    ...causesIn([...causes.values()]),
    ...(refusals.some((refusal) => refusal.causes.length === 0) ? ['No documented cause fits these words.'] : []),
  ];
  const { code, message, actions } = problem('AppDeployRefused', [lines.join('\n')], [unknownFix]);
  const fixes = [...causes.keys()].map((fix) => capital(fill(fix)));
  return toError(
    { code, message, actions: fixes.length === 0 ? actions : fixes },
    {
      failures: [...new Set(failures.map(deployRefusalLine))],
      causes: [...new Set([...causes.values()].map(({ id }) => id))],
    }
  );
}

const unknownFix = 'Keep these words of Salesforce, and look into Setup > Deployment Status of the org';

function causesIn(causes: readonly DeployCause[]): string[] {
  const worded = causes.map(({ text, sure }) => (sure ? text : `possibly, ${text}`));
  if (worded.length < 2) return worded.map((text) => `Cause: ${text}.`);
  return ['Possible causes, likeliest first:', ...worded.map((text, at) => `  ${String(at + 1)}. ${text}`)];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
