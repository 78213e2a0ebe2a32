import { expect } from 'chai';
import fc from 'fast-check';
import { report } from '../../src/checks/summary.ts';
import { prometheusText, statusNumbers } from '../../src/render/prometheus.ts';
import { runs } from '../mutations.ts';
import { finding, green, red, unknownOrg } from './example-report.ts';

type Sample = { labels: Record<string, string>; value: number };
type Family = { name: string; help: string; type: string; samples: Sample[] };

/**
 * Reads the text-based exposition format 0.0.4 as node_exporter's textfile collector does: every line ends with a line feed; the lines of a
 * metric stand together, HELP and TYPE first and once; no sample is said twice or has a time.
 */
function parse(text: string): Family[] {
  if (text === '') return [];
  expect(text.endsWith('\n')).to.equal(true);
  const families: Family[] = [];
  const seen = new Set<string>();
  for (const line of text.slice(0, -1).split('\n')) {
    const help = /^# HELP ([a-zA-Z_:][\w:]*) ((?:[^\\]|\\[\\n])*)$/.exec(line);
    const type = /^# TYPE ([a-zA-Z_:][\w:]*) (gauge|counter|untyped)$/.exec(line);
    const family = families.at(-1);
    if (help) {
      if (families.some(({ name }) => name === help[1])) throw new Error(`HELP twice: ${line}`);
      families.push({ name: help[1]!, help: help[2]!, type: '', samples: [] });
    } else if (type) {
      if (family?.name !== type[1] || family?.type !== '') throw new Error(`TYPE out of place: ${line}`);
      family.type = type[2]!;
    } else {
      const { name, ...sample } = parseSample(line);
      if (family?.name !== name || family.type === '') throw new Error(`Sample out of place: ${line}`);
      const key = `${name} ${JSON.stringify(Object.entries(sample.labels).toSorted())}`;
      if (seen.has(key)) throw new Error(`Twice: ${line}`);
      seen.add(key);
      family.samples.push(sample);
    }
  }
  return families;
}

function parseSample(line: string): Sample & { name: string } {
  const [whole, name = '', list = '', value = ''] = /^([a-zA-Z_:][\w:]*)\{(.*)\} (-?\d+)$/s.exec(line) ?? [];
  if (whole === undefined) throw new Error(`No sample: ${line}`);
  const labels: Record<string, string> = {};
  let rest = list;
  while (rest !== '') {
    const [pair, label, text] = /^([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,(?=.)|$)/s.exec(rest) ?? [];
    if (pair === undefined || label === undefined || label in labels) throw new Error(`No label: ${rest}`);
    labels[label] = text!.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
    rest = rest.slice(pair.length);
  }
  return { name, labels, value: Number(value) };
}

const now = new Date('2026-11-21T02:00:00.900Z');
const several = [{ name: 'acme', report: red }, { name: 'beta', report: green }, unknownOrg];
const samples = (orgs: Parameters<typeof prometheusText>[0], metric: string): unknown[][] =>
  parse(prometheusText(orgs, now))
    .filter(({ name }) => name === metric)
    .flatMap((family) => family.samples.map(({ labels, value }) => [...Object.values(labels), value]));

describe('render: findings for Prometheus', () => {
  it('has the days left, the status of each check, whether it passed, and when', () => {
    const families = parse(prometheusText(several, now));
    expect(families.map(({ name, type }) => [name, type])).to.deep.equal([
      ['aquila_certificate_days_left', 'gauge'],
      ['aquila_check_status', 'gauge'],
      ['aquila_verify_passed', 'gauge'],
      ['aquila_verify_timestamp_seconds', 'gauge'],
    ]);
    expect(families.every(({ help }) => help.endsWith('.'))).to.equal(true);
  });

  it('days left are those of the check', () => {
    expect(samples(several, 'aquila_certificate_days_left')).to.deep.equal([
      ['acme', 33],
      ['beta', 364],
    ]);
  });

  it('an expired certificate has days below zero, though the check that warns in time is skipped', () => {
    const data = { notBefore: '2025-11-20T02:00:00Z', notAfter: '2026-11-20T02:00:01Z' };
    const expired = report([
      finding('cert-in-validity', 'fail', { data }),
      finding('cert-expires-later', 'skip', { blockedBy: 'cert-in-validity' }),
    ]);
    expect(samples([{ name: 'acme', report: expired }], 'aquila_certificate_days_left')).to.deep.equal([['acme', -1]]);
  });

  it('says nothing of days where no certificate was read', () => {
    const blind = report([finding('cert-readable', 'fail'), finding('cert-expires-later', 'skip')]);
    expect(samples([{ name: 'acme', report: blind }], 'aquila_certificate_days_left')).to.deep.equal([]);
  });

  it('a status is a number that grows with what is wrong', () => {
    expect(samples([several[0]!], 'aquila_check_status')).to.deep.equal([
      ['acme', 'key-readable', 0],
      ['acme', 'cert-expires-later', 2],
      ['acme', 'host-clock', 3],
      ['acme', 'login-accepted', 4],
      ['acme', 'login-username', 1],
    ]);
    const help = parse(prometheusText(several, now)).find(({ name }) => name === 'aquila_check_status')?.help;
    for (const [status, value] of Object.entries(statusNumbers)) expect(help).to.include(`${value} ${status}`);
  });

  it('an org that could not be checked has not passed, and hides no other', () => {
    expect(samples(several, 'aquila_verify_passed')).to.deep.equal([
      ['acme', 0],
      ['beta', 1],
      ['acmee', 0],
    ]);
    expect(samples([unknownOrg], 'aquila_check_status')).to.deep.equal([]);
  });

  it('the time is in whole seconds, and the one that was given', () => {
    const seconds = Date.UTC(2026, 10, 21, 2) / 1000;
    expect(samples([unknownOrg], 'aquila_verify_timestamp_seconds')).to.deep.equal([['acmee', seconds]]);
  });

  it('without orgs there is nothing', () => expect(prometheusText([], now)).to.equal(''));

  it('an org that was given twice does not spoil the file', () => {
    expect(samples([several[1]!, several[1]!], 'aquila_verify_passed')).to.deep.equal([['beta', 1]]);
  });

  it('any name of an org is read back as it was', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom('\\', '"', 'a\nb', '\\n', '"} 1\naquila_verify_passed{org="x', '# HELP', ',')
    );
    fc.assert(
      fc.property(name, (org) => {
        const shown = org.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (c) => (c === '\n' ? c : '\uFFFD'));
        expect(samples([{ name: org, report: green }], 'aquila_verify_passed')).to.deep.equal([[shown, 1]]);
      }),
      runs(200, 5000)
    );
  });
});
