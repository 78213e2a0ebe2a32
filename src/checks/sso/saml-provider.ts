import type { SamlProvider } from '../../app/sign-on.ts';
import type { SamlLogins } from '../sso-facts.ts';
import type { Clock, Remark } from './remarks.ts';
import { decryption, identityCertificate, requestSignatures, type Edit } from './saml-certificates.ts';

/** Where Setup has identity providers that the org trusts. */
export const samlPlace = 'Single Sign-On Settings';

/** What was seen of one identity provider, and what is wrong with it. */
type Judged = { evidence: string[]; remarks: Remark[] };

/** Looks at one identity provider that the org trusts (docs/reference/single-sign-on.md §2). */
export function judgeProvider(provider: SamlProvider, certificates: SamlLogins['certificates'], clock: Clock): Judged {
  const { name, issuer, entityId, mapping, provisioning } = provider;
  const edit = (task: string): string => `Setup > ${samlPlace} > ${name} > Edit > ${task}`;
  const used = [
    identityCertificate(provider, clock, edit),
    ...requestSignatures(provider, certificates, clock, edit),
    decryption(provider, certificates, clock, edit),
  ];
  const remarks = [...used.flatMap(({ remark }) => remark ?? []), ...shape(provider, edit)];
  return {
    evidence: [
      `${name}: issuer ${issuer}, audience ${entityId}, users by ${mapping}`,
      `${name}: ${used.map(({ words }) => words).join('; ')}`,
      `${name}: ${provisioning ? usersMade(provisioning) : 'no users are made by logins'}`,
    ],
    remarks: remarks.map((one) => ({ ...one, text: `${name}: ${one.text}` })),
  };
}

const shared = 'https://saml.salesforce.com';

function shape({ version, entityId, provisioning }: SamlProvider, edit: Edit): Remark[] {
  const warn = (isSo: boolean, text: string, task: string): Remark[] =>
    isSo ? [{ status: 'warn', text, fix: edit(task) }] : [];
  return [
    ...warn(version === 'SAML1_1', 'it uses SAML 1.1', 'SAML Version: 2.0'),
    ...warn(
      entityId === shared,
      `its audience ${shared} does not tell this org from another`,
      'Entity ID: the My Domain URL, at the provider too'
    ),
    ...warn(
      provisioning !== undefined && provisioning.handler === undefined,
      'whoever controls it makes users with any profile: standard provisioning takes the profile from the assertion',
      'User Provisioning Type: an Apex handler that chooses the profile; or clear "User Provisioning Enabled"'
    ),
  ];
}

const usersMade = ({ handler, runsAs }: NonNullable<SamlProvider['provisioning']>): string =>
  handler === undefined
    ? 'logins make and change users, with the profile that the assertion names'
    : `logins make and change users as the Apex class ${handler} says, which runs as ${runsAs ?? 'a user that is not shown'}`;
