/** Starts a check: its file, its test, its page, and its lines in the registry and in the index of the pages. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rooms, type Room } from '../src/checks/define.ts';

const root = join(import.meta.dirname, '..');
const usage = `npm run new:check -- <id>

An id begins with its room (${rooms.join(', ')}) and never changes later, such as cert-serial-positive.`;

/** What a check of this id is called, and where it goes. */
type NewCheck = { id: string; room: Room; variable: string };

/** The id as a check, or undefined where it can't be one. */
function readId(id: string): NewCheck | undefined {
  const room = rooms.find((name) => id.startsWith(`${name}-`));
  if (!room || !/^[a-z]+(-[a-z0-9]+)+$/.test(id)) return undefined;
  return { id, room, variable: id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()) };
}

const title = 'login is stored with a username';

const checkFile = ({ id }: NewCheck): string => `import { defineCheck, fail, pass } from '../define.ts';

export default defineCheck({
  id: '${id}',
  // An affirmation, so that it reads right with any status in front.
  title: '${title}',
  why: 'Say in one sentence what follows when it is not so.',
  fix: 'sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <instance-url>',
  needs: ['login'],
  judge: ({ login }) => (login.username === '' ? fail('there is no username') : pass(login.username)),
});
`;

const testFile = ({ id, room }: NewCheck): string => `import check from '../../../src/checks/${room}/${id}.ts';
import { describeCheck } from '../describe-check.ts';
import { login } from '../example-facts.ts';

describeCheck(check, [
  { fact: 'passes with a username', given: { login: login() }, status: 'pass' },
  {
    fact: 'fails without one',
    given: { login: login({ username: '' }) },
    status: 'fail',
    detail: 'there is no username',
  },
]);
`;

const page = ({ id }: NewCheck): string => `# ${id}

*${title}*

## Explanation

What the check looks at, and what it can't see.

## Consequences

What follows when it doesn't pass.

## Common causes

- The likeliest first.
`;

/** The registry with the check behind the last one of its room or of an earlier room. */
function register(registry: string, { id, room, variable }: NewCheck): string {
  const lines = registry.split('\n');
  const roomOf = (line: string): number => rooms.findIndex((name) => line.includes(` from './${name}/`));
  const before = lines.filter((line) => roomOf(line) >= 0 && roomOf(line) <= rooms.indexOf(room)).at(-1);
  const neighbour = before && /^import (\w+)/.exec(before)?.[1];
  const entryBefore = neighbour ? `  ${neighbour},` : 'export const registry: readonly AnyCheck[] = [';
  return lines
    .flatMap((line) => [
      line,
      ...(line === (before ?? lines[0]) ? [`import ${variable} from './${room}/${id}.ts';`] : []),
      ...(line === entryBefore ? [`  ${variable},`] : []),
    ])
    .join('\n');
}

/** The index of the pages with the check at the end of its room's table; a room without one keeps the index as it is. */
function addToIndex(index: string, { id, room }: NewCheck): string {
  const lines = index.split('\n');
  const last = lines.filter((line) => line.startsWith(`| [${room}-`)).at(-1);
  return lines.flatMap((line) => (line === last ? [line, `| [${id}](${id}.md) | ${title} |`] : [line])).join('\n');
}

function main([id = '', ...rest]: string[]): void {
  const check = rest.length === 0 ? readId(id) : undefined;
  const files = check && {
    [`src/checks/${check.room}/${id}.ts`]: checkFile(check),
    [`test/checks/${check.room}/${id}.test.ts`]: testFile(check),
    [`docs/checks/${id}.md`]: page(check),
  };
  const taken = Object.keys(files ?? {}).filter((file) => existsSync(join(root, file)));
  if (!check || !files || taken.length > 0) {
    const reason = taken.length > 0 ? `${taken.join(', ')}: there already` : `not the id of a check: ${id}`;
    console.error(`${reason}\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text, { flag: 'wx' });
  }
  const registry = join(root, 'src', 'checks', 'index.ts');
  const index = join(root, 'docs', 'checks', 'README.md');
  writeFileSync(registry, register(readFileSync(registry, 'utf8'), check));
  writeFileSync(index, addToIndex(readFileSync(index, 'utf8'), check));
  console.log([...Object.keys(files), 'src/checks/index.ts', 'docs/checks/README.md'].join('\n'));
  console.log(`\nNow write the check, its table and its page, and run: npx mocha "test/checks/**/*.test.ts"`);
}

if (import.meta.main) main(process.argv.slice(2));
