import { problem, type Problem } from '../errors.ts';

/** Names as they are compared and listed: each once, capital letters making no difference. */
export function unionOf(one: readonly string[], other: readonly string[]): string[] {
  const names = new Map<string, string>();
  for (const name of [...one, ...other]) if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  return [...names.values()];
}

/** The API name of a permission set, with the namespace of its package if it comes from one. */
const apiName = /^(?:[A-Za-z]\w*?__)?[A-Za-z](?:_?[A-Za-z0-9])*$/;

const idOf = (prefix: string): RegExp => new RegExp(`^${prefix}(?:[A-Za-z0-9]{12}|[A-Za-z0-9]{15})$`);

/** The policies take names; an id fails in the org (docs/reference/external-client-apps.md §7). */
export function permissionSetProblem(
  name: string
): Problem<'AppPermissionSetIsId' | 'AppPermissionSetInvalid'> | undefined {
  if (idOf('0PS').test(name)) return problem('AppPermissionSetIsId', [name]);
  return apiName.test(name) ? undefined : problem('AppPermissionSetInvalid', [name]);
}

/** Profiles go by the name that Setup shows. The policy lists them with commas, so none may have one. */
export function profileProblem(name: string): Problem<'AppProfileIsId' | 'AppProfileInvalid'> | undefined {
  if (idOf('00e').test(name)) return problem('AppProfileIsId', [name]);
  return name === '' || /[,\p{Cc}]/u.test(name) ? problem('AppProfileInvalid', [name]) : undefined;
}
