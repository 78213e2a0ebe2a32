import type { Finding } from '../checks/run.ts';
import type { CheckReport } from '../checks/summary.ts';
import type { Problem } from '../errors.ts';
import { fieldLabels, handover } from '../handover/fields.ts';
import { audienceOf, type StoredLogin } from '../handover/stored-login.ts';
import { renderChecks } from './checks.ts';
import { redact, withoutHome, type Machine } from './redaction.ts';
import { printable } from './wrap.ts';

/** One org of a diagnosis, with its login and findings or with the reason why there are none. */
export type DiagnosedOrg =
  { name: string; login: StoredLogin; report: CheckReport } | { name: string; problem: Problem };

export type DiagnosisView = {
  orgs: readonly DiagnosedOrg[];
  /** What ran: `0.1.0`, `@salesforce/cli/2.110.0`, `v22.19.0`, `linux x64`. */
  versions: { plugin: string; sf: string; node: string; platform: string };
  /** When the findings were made. */
  now: Date;
  /** Whose names must not be told. */
  machine: Machine;
};

type Cleaner = (text: string) => string;

/**
 * A diagnosis in Markdown for the vendor's support: versions, and for each org its id, hosts, the five fields as they are handed over, every
 * finding and the values behind those that are no pass, with Salesforce's words verbatim. Secrets are struck, paths don't name anybody,
 * and what came from an org stands in code only, where neither Markdown nor HTML means anything.
 */
export function renderDiagnosis({ orgs, versions, now, machine }: DiagnosisView): string {
  const clean: Cleaner = (text) => withoutHome(redact(text), machine);
  return [
    '# Diagnosis by sf aquila',
    '',
    'For CyTech Support. Tokens, keys and passphrases are left out, and paths do not tell who made this report.',
    '',
    `- Made: ${span(now.toISOString().replace(/\.\d+Z$/, 'Z'))}`,
    `- sf-plugin-aquila: ${span(clean(versions.plugin))}`,
    `- sf: ${span(clean(versions.sf))}`,
    `- Node.js: ${span(clean(versions.node))}`,
    `- Platform: ${span(clean(versions.platform))}`,
    ...orgs.flatMap((org) => ['', ...orgLines(org, machine)]),
    '',
  ].join('\n');
}

function orgLines(org: DiagnosedOrg, machine: Machine): string[] {
  const known = 'login' in org && org.login.clientId !== undefined ? [org.login.clientId] : [];
  const clean: Cleaner = (text) => withoutHome(redact(text, known), machine);
  const head = `## Org ${span(clean(org.name))}`;
  if ('problem' in org) {
    const { code, message, actions } = org.problem;
    const text = [`${message} (${code})`, ...actions].map(clean).join('\n');
    return [head, '', 'It could not be checked.', '', ...fenced(text)];
  }
  const { login, report } = org;
  const checks = report.checks.map((finding) => cleaned(finding, clean));
  const look = { columns: 80, terminal: false, colour: false, concise: false, verbose: true };
  const values = report.checks.flatMap((finding) => valueLines(finding, clean));
  return [
    head,
    '',
    report.passed ? 'It passed.' : 'It did not pass.',
    '',
    `- Org id: ${login.orgId === undefined ? 'not stored' : span(clean(login.orgId))}`,
    `- Hosts: ${hostsOf(login).map(span).join(', ') || 'not stored'}`,
    '',
    '### The five fields',
    '',
    ...fieldList(login, machine),
    '',
    '### Findings',
    '',
    ...fenced(renderChecks(checks, report.summary, look)),
    ...(values.length === 0 ? [] : ['', '### Values behind the findings', '', ...fenced(values.join('\n'))]),
  ];
}

function cleaned(finding: Finding, clean: Cleaner): Finding {
  const { title, detail, fix } = finding;
  return {
    ...finding,
    title: clean(title),
    ...(detail !== undefined && { detail: clean(detail) }),
    ...(fix !== undefined && { fix: clean(fix) }),
  };
}

/** What machines are told of a finding, each value with its name so that a secret is known by it; unbroken, so that it can be searched for. */
function valueLines({ id, status, data = {} }: Finding, clean: Cleaner): string[] {
  if (status === 'pass') return [];
  return Object.entries(data).map(([key, value]) => {
    const text = Array.isArray(value) ? value.join(', ') : String(value);
    return `${id} ${clean(`${key}: ${text}`)}`;
  });
}

/** The fields as CyTech gets them. A path on this machine is none of them, so it is shown without the home folder, and named as such. */
function fieldList(login: StoredLogin, machine: Machine): string[] {
  const { fields, keyPathIsLocal } = handover(login);
  return fieldLabels.map(([field, label]) => {
    const value = fields[field];
    if (value === undefined) return `- ${label}: not stored`;
    const shown = redact(value, [login.clientId ?? '']);
    return field === 'clientKeyPath' && keyPathIsLocal
      ? `- ${label}: ${span(withoutHome(shown, machine))} (on this machine; the path on the collector is not known)`
      : `- ${label}: ${span(shown)}`;
  });
}

/** The host names of a login: where it asks for tokens, and where the API is. */
function hostsOf(login: StoredLogin): string[] {
  const urls = [audienceOf(login), login.loginUrl, login.instanceUrl];
  const hosts = urls.flatMap((url) => /^https?:\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(url ?? '')?.[1] ?? []);
  return [...new Set(hosts.map((host) => redact(host).toLowerCase()))];
}

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));

/** A text as code in a line: between more backticks than stand together in it, which nothing inside can end (CommonMark §6.1). */
function span(text: string): string {
  const line = printable(text).replace(/\s+/g, ' ').trim();
  if (line === '') return '(empty)';
  const ticks = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${line}${pad}${ticks}`;
}

/** A text as a block of code, between fences that are longer than any in it (CommonMark §4.5). */
function fenced(text: string): string[] {
  const lines = printable(text);
  const fence = '`'.repeat(Math.max(3, longestRun(lines) + 1));
  return [`${fence}text`, lines, fence];
}
