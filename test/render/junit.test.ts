import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';
import { report } from '../../src/checks/summary.ts';
import { junitXml, type NamedReport } from '../../src/render/junit.ts';
import { runs } from '../mutations.ts';
import { finding, green, red, unknownOrg, yellow } from './example-report.ts';

/** The children and attributes of each element in Jenkins' schema junit-10.xsd of the xUnit plugin; `*` marks what is required. */
const schema: Record<string, { children: string[]; attributes: string[] }> = {
  testsuites: { children: ['testsuite'], attributes: ['name', 'tests', 'failures', 'errors', 'time', 'disabled'] },
  testsuite: {
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
    attributes: ['tests*', 'name', 'failures', 'errors', 'skipped', 'time', 'timestamp', 'hostname', 'id', 'package'],
  },
  testcase: {
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
    attributes: ['name*', 'classname', 'time', 'status'],
  },
  failure: { children: ['#text'], attributes: ['type', 'message'] },
  error: { children: ['#text'], attributes: ['type', 'message'] },
  skipped: { children: ['#text'], attributes: ['type', 'message'] },
  'system-out': { children: ['#text'], attributes: [] },
};

type Node = { name: string; attributes: Record<string, string>; children: Node[]; text: string };

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? '&apos;');

function write({ name, attributes, children, text }: Node): string {
  if (name === '#text') return escape(text);
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(value).replaceAll('\n', '&#10;')}"`);
  const open = `<${name}${list.join('')}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.map(write).join('')}</${name}>`;
}

/** XML as a tree, by a parser that is not ours. It reads over what is not well-formed, so the tree must give the same bytes again. */
function parse(xml: string): Node {
  const parser = new XMLParser({
    ...{ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', trimValues: false },
    ...{ parseTagValue: false, parseAttributeValue: false, ignoreDeclaration: true, htmlEntities: true },
  });
  const nodes = (list: Array<Record<string, unknown>>): Node[] =>
    list.map((node) => {
      const name = Object.keys(node).find((key) => key !== ':@')!;
      const inside = node[name];
      if (!Array.isArray(inside)) return { name, attributes: {}, children: [], text: String(inside) };
      const children = nodes(inside);
      const text = children.map((child) => (child.name === '#text' ? child.text : '')).join('');
      return { name, attributes: (node[':@'] as Record<string, string> | undefined) ?? {}, children, text };
    });
  const [root, ...others] = nodes(parser.parse(xml)).filter(({ name }) => name !== '#text');
  expect(others).to.deep.equal([]);
  const again = `<?xml version="1.0" encoding="UTF-8"?>\n${write(root!)}\n`;
  expect(again).to.equal(xml);
  return root!;
}

function faults({ name, attributes, children }: Node): string[] {
  const rule = schema[name];
  if (name === '#text') return [];
  if (!rule) return [`no element ${name}`];
  const allowed = rule.attributes.map((attribute) => attribute.replace('*', ''));
  const required = rule.attributes.filter((attribute) => attribute.endsWith('*')).map((one) => one.slice(0, -1));
  return [
    ...Object.keys(attributes).flatMap((one) => (allowed.includes(one) ? [] : [`${name} has no attribute ${one}`])),
    ...required.flatMap((one) => (one in attributes ? [] : [`${name} lacks ${one}`])),
    ...children.flatMap((child) => {
      const isBlank = child.name === '#text' && child.text.trim() === '';
      return isBlank || rule.children.includes(child.name) ? [] : [`${child.name} in ${name}`];
    }),
    ...children.flatMap(faults),
  ];
}

const all = (node: Node, name: string): Node[] => [
  ...(node.name === name ? [node] : []),
  ...node.children.flatMap((child) => all(child, name)),
];
const cases = (...args: Parameters<typeof junitXml>): Node[] => all(parse(junitXml(...args)), 'testcase');
const outcomes = (of: Node[]): string[][] =>
  of.map(({ attributes, children }) => [
    attributes['name']!,
    ...children.flatMap(({ name }) => (name === '#text' ? [] : [name])),
  ]);

const acme = { name: 'acme', report: red };
const several: NamedReport[] = [acme, { name: 'beta', report: green }, unknownOrg];

describe('render: findings as JUnit XML', () => {
  it('a fail is a failure, an unknown an error, a skip skipped, and a warning speaks in system-out', () => {
    expect(outcomes(cases([acme]))).to.deep.equal([
      ['key-readable (acme)'],
      ['cert-expires-later (acme)', 'system-out'],
      ['host-clock (acme)', 'error'],
      ['login-accepted (acme)', 'failure'],
      ['login-username (acme)', 'skipped'],
    ]);
  });

  it('the room is the class, so that a report groups by it', () => {
    expect(cases([acme]).map(({ attributes }) => attributes['classname'])).to.deep.equal([
      ...['aquila.key', 'aquila.cert', 'aquila.host', 'aquila.login', 'aquila.login'],
    ]);
  });

  it("a failure has Salesforce's words as its message, and detail, fix and page as its text", () => {
    const [failure] = all(parse(junitXml([acme])), 'failure');
    expect(failure?.attributes).to.deep.equal({
      message: "invalid_grant: user hasn't approved this consumer",
      type: 'fail',
    });
    expect(failure?.text.split('\n')).to.deep.equal([
      "Salesforce accepts the collector's login",
      'POST https://acme.my.salesforce.com/services/oauth2/token answered 400',
      "invalid_grant: user hasn't approved this consumer",
      'likely      the user is not pre-authorised for the app',
      'fix: assign the permission set: sf org assign permset --name AQUILA --target-org ADMIN',
      'see: docs/checks/login-accepted.md',
    ]);
  });

  it('each suite counts its cases, and the whole counts all', () => {
    const root = parse(junitXml(several));
    expect(root.attributes).to.deep.equal({ name: 'sf aquila verify', tests: '9', failures: '1', errors: '2' });
    expect(all(root, 'testsuite').map(({ attributes }) => attributes)).to.deep.equal([
      { name: 'acme', tests: '5', failures: '1', errors: '1', skipped: '1' },
      { name: 'beta', tests: '3', failures: '0', errors: '0', skipped: '0' },
      { name: 'acmee', tests: '1', failures: '0', errors: '1', skipped: '0' },
    ]);
  });

  it('an org that could not be checked is an error with its code and what to do', () => {
    const [error] = all(parse(junitXml([unknownOrg])), 'error');
    expect(error?.attributes).to.deep.equal({ message: 'No login is stored under acmee.', type: 'LoginUnknown' });
    expect(error?.text).to.equal('No login is stored under acmee.\nDid you mean acme?\nsf aquila login --help');
  });

  it('no two cases of different orgs have one name, which GitLab would take for one case', () => {
    const names = cases([acme, { name: 'beta', report: red }]).map(({ attributes }) => attributes['name']);
    expect(new Set(names).size).to.equal(10);
  });

  it('with --fail-on warn a warning is a failure, as the exit code has it', () => {
    expect(outcomes(cases([{ name: 'acme', report: yellow }], 'warn'))).to.deep.equal([
      ['cert-expires-later (acme)', 'failure'],
      ['login-accepted (acme)'],
    ]);
  });

  it('an org that did not pass is never all green: where only skips stand in the way, a case says so', () => {
    const blockedBy = 'key-readable';
    const skipped = report([
      finding('key-readable', 'skip', { detail: 'left out by --skip' }),
      finding('login-accepted', 'skip', { detail: `blocked by ${blockedBy}`, blockedBy }),
    ]);
    expect(skipped.passed).to.equal(false);
    expect(outcomes(cases([{ name: 'acme', report: skipped }])).at(-1)).to.deep.equal(['verify (acme)', 'failure']);
  });

  it('follows the schema of Jenkins, and tells no times', () => {
    for (const orgs of [several, [], [{ name: '', report: report([]) }]]) {
      expect(faults(parse(junitXml(orgs)))).to.deep.equal([]);
    }
    expect(junitXml(several)).to.not.match(/\b(?:time|timestamp)=/);
  });

  it('what XML 1.0 can not hold is shown as a replacement character', () => {
    const detail = 'a\u0000b\u000Bc\u001B[2Jd\uD800e\uFFFEf\u202Eg\r\nh';
    const [failure] = all(
      parse(junitXml([{ name: 'acme', report: report([finding('key-rsa', 'fail', { detail })]) }])),
      'failure'
    );
    expect(failure?.text).to.include('a\uFFFDb\uFFFDc\uFFFD[2Jd\uFFFDe\uFFFDf\uFFFDg\nh');
    expect(failure?.attributes['message']).to.equal('a\uFFFDb\uFFFDc\uFFFD[2Jd\uFFFDe\uFFFDf\uFFFDg');
  });

  it('any text is read back as it was, wherever it stands', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(']]>', '<![CDATA[', '<!--', '&amp;', '&#0;', '"\'', '</failure>', '<?xml?>', 'a\nb', '\t')
    );
    fc.assert(
      fc.property(text, text, (name, detail) => {
        const xml = junitXml([{ name, report: report([finding('key-rsa', 'fail', { detail, fix: detail })]) }]);
        const root = parse(xml);
        const [suite] = all(root, 'testsuite');
        const [failure] = all(root, 'failure');
        const shown = (of: string): string =>
          of.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (c) => (c === '\n' ? c : '\uFFFD'));
        expect(faults(root)).to.deep.equal([]);
        expect(suite?.attributes['name']).to.equal(shown(name));
        expect(failure?.text).to.equal(
          `key is well\n${shown(detail)}\nfix: ${shown(detail)}\nsee: docs/checks/key-rsa.md`
        );
      }),
      runs(200, 5000)
    );
  });
});
