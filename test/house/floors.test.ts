import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { floorRule, forms } from './forms.ts';
import { root } from './project-files.ts';

/** The house as it is meant, written down a second time on purpose: eslint.config.js is judged by it. */
const floors = [
  ['cert', 'app', 'token', 'handover'],
  ['checks', 'keystore', 'org', 'files'],
  ['render', 'probes', 'setup', 'terminal'],
  ['commands', 'hooks'],
];
const pure = ['cert', 'app', 'token', 'handover', 'checks', 'keystore', 'render'];
const rooms = floors.flat();

function mayImport(from: string, to: string): boolean {
  if (from === to) return true;
  const isDown = floors.findIndex((floor) => floor.includes(to)) < floors.findIndex((floor) => floor.includes(from));
  return isDown && (pure.includes(to) || !pure.includes(from));
}

describe('house: floors', () => {
  let house: string;
  let eslint: ESLint;

  /** A house with every room, under the real eslint.config.js. Rooms that the product does not have yet are guarded, too. */
  before(() => {
    house = realpathSync(mkdtempSync(join(tmpdir(), 'aquila-house-')));
    for (const file of ['eslint.config.js', 'package.json', 'tsconfig.json', 'test/tsconfig.json']) {
      cpSync(join(root, file), join(house, file), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'), 'junction');
    const files = rooms.flatMap((room) => [`src/${room}/room.ts`, `src/${room}/a.ts`]);
    for (const file of [...files, 'src/errors.ts', 'src/commands/aquila/a.ts', 'test/emulator/a.ts']) {
      mkdirSync(dirname(join(house, file)), { recursive: true });
      writeFileSync(join(house, file), "export const room = '';\nexport type Room = string;\n");
    }
    // rules that ask TypeScript for types are not the subject here, and cost most of the time
    const untyped = { files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked };
    eslint = new ESLint({
      cwd: house,
      overrideConfig: [untyped, { rules: { 'sf-plugin/no-missing-messages': 'off' } }],
    });
  });

  after(() => rmSync(house, { recursive: true, force: true }));

  async function findings(file: string, text: string): Promise<Array<{ rule: string | null; line: number }>> {
    const [result] = await eslint.lintText(`${text}\n`, { filePath: join(house, file) });
    return result!.messages.map(({ ruleId, line }) => ({ rule: ruleId, line }));
  }

  for (const [form, file, violation, rule, instead] of forms) {
    it(`${form} is refused in ${file}`, async () => {
      expect((await findings(file, violation)).map((finding) => finding.rule)).to.include(rule);
      expect(await findings(file, instead)).to.deep.equal([]);
    });
  }

  for (const room of rooms) {
    const allowed = rooms.filter((other) => mayImport(room, other));
    it(`${room} may import ${allowed.join(', ')} and nothing else`, async () => {
      const imports = rooms.map((other) => `import '../${other}/room.ts';`);
      const refused = (await findings(`src/${room}/a.ts`, imports.join('\n'))).map(({ rule, line }) => {
        expect(rule).to.equal(floorRule);
        return rooms[line - 1]!;
      });
      expect(rooms.filter((other) => !refused.includes(other))).to.deep.equal(allowed);
    });
  }

  const freedoms: Array<[room: string, text: string]> = [
    ['files', "export { writeFileSync } from 'node:fs';"],
    ['hooks', "export { readFileSync } from 'node:fs';"],
    ['org', "export { Agent, fetch } from 'undici';"],
    ['org', 'export const send = fetch;'],
    ['org', "export { StateAggregator } from '@salesforce/core';"],
    ['probes', "export { Org } from '@salesforce/core';\nexport const now = (): Date => new Date();"],
    ['setup', 'export const home = process.env.HOME;'],
    ['cert', "export const forge = () => import('node-forge');"],
  ];
  for (const [room, text] of freedoms) {
    it(`${room} may write ${text.replaceAll('\n', ' ')}`, async () => {
      expect(await findings(`src/${room}/a.ts`, text)).to.deep.equal([]);
    });
  }
});
