import type { VerdictStatus } from '../checks/define.ts';
import type { CheckReport } from '../checks/summary.ts';
import type { NamedReport } from './junit.ts';
import { printable } from './wrap.ts';

/**
 * Statuses as numbers, the better the smaller, so that `max by (org)` is the worst of an org and everything above 2 fails it. The numbers
 * are API.
 */
export const statusNumbers = {
  pass: 0,
  skip: 1,
  warn: 2,
  unknown: 3,
  fail: 4,
} as const satisfies Record<VerdictStatus, number>;

type Sample = { labels: Record<string, string>; value: number };
type Metric = { name: string; help: string; samples: Sample[] };

/**
 * The findings of one or several orgs for the textfile collector of Prometheus' node_exporter: the text-based exposition format 0.0.4. Every
 * sample has the label `org`, so that files of several orgs can lie side by side. An org that could not be checked has
 * `aquila_verify_passed` 0 and no checks. Samples carry no time, which the textfile collector would refuse; `aquila_verify_timestamp_seconds`
 * tells it.
 *
 * @param now when the findings were made
 */
export function prometheusText(orgs: readonly NamedReport[], now: Date): string {
  const metrics: Metric[] = [
    {
      name: 'aquila_certificate_days_left',
      help: 'Whole days until the certificate of the login expires, negative once it has.',
      samples: orgs.flatMap((org) => {
        const daysLeft = 'report' in org ? daysLeftIn(org.report, now) : undefined;
        return daysLeft === undefined ? [] : [{ labels: { org: org.name }, value: daysLeft }];
      }),
    },
    {
      name: 'aquila_check_status',
      help: 'Status of a check: 0 pass, 1 skip, 2 warn, 3 unknown, 4 fail.',
      samples: orgs.flatMap((org) =>
        'report' in org
          ? org.report.checks.map(({ id, status }) => ({
              labels: { org: org.name, check: id },
              value: statusNumbers[status],
            }))
          : []
      ),
    },
    {
      name: 'aquila_verify_passed',
      help: 'Whether the org passed: 1 yes, 0 no, or it could not be checked.',
      samples: orgs.map((org) => ({ labels: { org: org.name }, value: 'report' in org && org.report.passed ? 1 : 0 })),
    },
    {
      name: 'aquila_verify_timestamp_seconds',
      help: 'When the org was checked, in seconds since 1970-01-01 UTC.',
      samples: orgs.map(({ name }) => ({ labels: { org: name }, value: Math.floor(now.getTime() / 1000) })),
    },
  ];
  return metrics.map(metricLines).join('');
}

/** From the check that warns in time; once the certificate has expired, from the one that says so. */
function daysLeftIn({ checks }: CheckReport, now: Date): number | undefined {
  for (const { id, data } of checks) {
    if (id === 'cert-expires-later' && typeof data?.['daysLeft'] === 'number') return data['daysLeft'];
  }
  const end = checks.find(({ id }) => id === 'cert-in-validity')?.data?.['notAfter'];
  const days = typeof end === 'string' ? (Date.parse(end) - now.getTime()) / 86_400_000 : NaN;
  return Number.isNaN(days) ? undefined : Math.floor(days);
}

/** Nothing at all for a metric without samples. One sample said twice would make node_exporter refuse the whole file. */
function metricLines({ name, help, samples }: Metric): string {
  const lines = new Map(samples.map(({ labels, value }) => [labelText(labels), String(value)]));
  if (lines.size === 0) return '';
  const head = [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`];
  return [...head, ...[...lines].map(([labels, value]) => `${name}{${labels}} ${value}`), ''].join('\n');
}

const labelText = (labels: Record<string, string>): string =>
  Object.entries(labels)
    .map(([label, value]) => `${label}="${escaped(value)}"`)
    .join(',');

const escaped = (value: string): string =>
  printable(value)
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n');
