export const floorRule = 'import-x/no-restricted-paths';
const importRule = '@typescript-eslint/no-restricted-imports';
const nameRule = 'no-restricted-globals';
const propertyRule = 'no-restricted-properties';
const formRule = 'no-restricted-syntax';

/** One way to break the house: [the form, the file it stands in, the violation, the rule that reports it, the same thought without the violation] */
type Form = [form: string, file: string, violation: string, rule: string, instead: string];

const errors = "export { room } from '../errors.ts';";
const parameter = 'export const at = (now: Date): number => now.getTime();';

export const forms: Form[] = [
  // floors
  [
    'an import upward',
    'src/cert/a.ts',
    "import { room } from '../checks/room.ts';\nexport const seen = room;",
    floorRule,
    "import { room } from '../errors.ts';\nexport const seen = room;",
  ],
  ['an import sideways', 'src/cert/a.ts', "import '../token/room.ts';", floorRule, "import './room.ts';"],
  [
    'an import of a type upward',
    'src/cert/a.ts',
    "import type { Room } from '../checks/room.ts';\nexport type Seen = Room[];",
    floorRule,
    "import type { Room } from './room.ts';\nexport type Seen = Room[];",
  ],
  ['a re-export upward', 'src/token/a.ts', "export { room } from '../org/room.ts';", floorRule, errors],
  ['a re-export of a type', 'src/token/a.ts', "export type { Room } from '../org/room.ts';", floorRule, errors],
  ['a re-export of everything', 'src/token/a.ts', "export * from '../org/room.ts';", floorRule, errors],
  [
    'a dynamic import upward',
    'src/cert/a.ts',
    "export const up = () => import('../checks/room.ts');",
    floorRule,
    "export const own = () => import('./room.ts');",
  ],
  [
    'a dynamic import of a template',
    'src/probes/a.ts',
    'export const up = () => import(`../commands/room.ts`);',
    formRule,
    "export const down = () => import('../checks/room.ts');",
  ],
  [
    'a dynamic import of a variable',
    'src/probes/a.ts',
    'export const load = (path: string): Promise<unknown> => import(path);',
    formRule,
    "export const load = (): Promise<unknown> => import('../checks/room.ts');",
  ],
  [
    'a type written as import()',
    'src/cert/a.ts',
    "export type Up = import('../checks/room.ts').Room;",
    formRule,
    "export type { Room } from './room.ts';",
  ],
  ['a pure room importing org', 'src/render/a.ts', "export * from '../org/room.ts';", floorRule, errors],
  ['a pure room importing files', 'src/render/a.ts', "export * from '../files/room.ts';", floorRule, errors],
  ['a neighbour of the same floor', 'src/org/a.ts', "export * from '../files/room.ts';", floorRule, errors],
  ['errors importing a room', 'src/errors.ts', "export * from './cert/room.ts';", floorRule, 'export {};'],
  ['source importing tests', 'src/org/a.ts', "export * from '../../test/emulator/a.ts';", floorRule, errors],
  [
    'the package importing itself',
    'src/probes/a.ts',
    "export * from 'sf-plugin-aquila';",
    importRule,
    "export * from '../cert/room.ts';",
  ],
  [
    'an import by URL',
    'src/probes/a.ts',
    "export const up = (): Promise<unknown> => import('file:///house/src/org/room.ts');",
    formRule,
    "export const own = (): Promise<unknown> => import('./room.ts');",
  ],
  [
    'the emulator importing source',
    'test/emulator/a.ts',
    "export * from '../../src/token/room.ts';",
    floorRule,
    "export { verify } from 'node:crypto';",
  ],
  [
    'the emulator importing source dynamically',
    'test/emulator/a.ts',
    "export const judge = () => import('../../src/token/room.ts');",
    floorRule,
    "export const judge = () => import('node:crypto');",
  ],

  // disk
  ['the disk in a pure room', 'src/cert/a.ts', "export { readFileSync } from 'node:fs';", importRule, errors],
  [
    'the disk by dynamic import',
    'src/cert/a.ts',
    "export const disk = () => import('node:fs');",
    formRule,
    "export const own = () => import('./room.ts');",
  ],
  ['the disk without node:', 'src/setup/a.ts', "export { readFileSync } from 'fs';", importRule, errors],
  ['the disk by promises', 'src/org/a.ts', "export { readFile } from 'node:fs/promises';", importRule, errors],
  [
    'the disk in a command',
    'src/commands/aquila/a.ts',
    "export { readFileSync } from 'node:fs';",
    importRule,
    "export { room } from '../../files/room.ts';",
  ],
  [
    'the disk by require',
    'src/keystore/a.ts',
    "export const disk: unknown = require('node:fs');",
    nameRule,
    "export { createHash as disk } from 'node:crypto';",
  ],
  [
    'the disk by import-equals',
    'src/keystore/a.ts',
    "import disk = require('node:fs');\nexport { disk };",
    importRule,
    "import * as path from 'node:path';\nexport { path };",
  ],
  ['a require of our own', 'src/probes/a.ts', "export { createRequire } from 'node:module';", importRule, errors],
  [
    'the disk by getBuiltinModule',
    'src/probes/a.ts',
    "export const disk = process.getBuiltinModule('node:fs');",
    propertyRule,
    'export const disk = process.platform;',
  ],

  // network
  [
    'fetch in a pure room',
    'src/token/a.ts',
    'export const send = fetch;',
    nameRule,
    'export const send = (post: () => void): void => post();',
  ],
  [
    'globalThis.fetch',
    'src/token/a.ts',
    'export const send = globalThis.fetch;',
    nameRule,
    'export const send = structuredClone;',
  ],
  [
    'fetch taken out of globalThis',
    'src/probes/a.ts',
    'export const { fetch: send } = globalThis;',
    nameRule,
    "export const send = (): Promise<unknown> => import('../org/room.ts');",
  ],
  ['fetch on an upper floor', 'src/setup/a.ts', 'export const send = fetch;', nameRule, errors],
  ['a web socket', 'src/probes/a.ts', 'export const Socket = WebSocket;', nameRule, errors],
  ['https outside org', 'src/files/a.ts', "export { request } from 'node:https';", importRule, errors],
  ['tls outside org', 'src/terminal/a.ts', "export { connect } from 'node:tls';", importRule, errors],
  ['DNS outside org', 'src/probes/a.ts', "export { lookup } from 'node:dns/promises';", importRule, errors],
  [
    'undici outside org',
    'src/probes/a.ts',
    "export const send = () => import('undici');",
    formRule,
    "export const send = () => import('../org/room.ts');",
  ],

  // process, time, randomness
  [
    'process in a pure room',
    'src/checks/a.ts',
    'export const home = process.env.HOME;',
    nameRule,
    'export const home = (environment: NodeJS.ProcessEnv) => environment.HOME;',
  ],
  [
    'globalThis.process',
    'src/checks/a.ts',
    'export const home = globalThis.process.env.HOME;',
    nameRule,
    "export const home = '';",
  ],
  ['process by import', 'src/checks/a.ts', "export { env } from 'node:process';", importRule, errors],
  ['Date.now()', 'src/cert/a.ts', 'export const at = Date.now();', propertyRule, parameter],
  ['now taken out of Date', 'src/cert/a.ts', 'export const { now } = Date;', propertyRule, parameter],
  [
    'new Date()',
    'src/cert/a.ts',
    'export const at = new Date();',
    formRule,
    'export const at = new Date(1763683200000);',
  ],
  ['Date()', 'src/render/a.ts', 'export const at = Date();', formRule, parameter],
  ['performance.now()', 'src/checks/a.ts', 'export const at = performance.now();', nameRule, parameter],
  ['a timer', 'src/handover/a.ts', 'export const later = setTimeout;', nameRule, parameter],
  ['a timer of node:timers', 'src/handover/a.ts', "export { setTimeout } from 'node:timers';", importRule, parameter],
  ['Math.random()', 'src/cert/a.ts', 'export const chance = Math.random();', propertyRule, parameter],
  [
    'random bytes',
    'src/cert/a.ts',
    "export { randomBytes } from 'node:crypto';",
    importRule,
    "export { createHash } from 'node:crypto';",
  ],
  [
    'all of node:crypto under one name',
    'src/cert/a.ts',
    "import * as crypto from 'node:crypto';\nexport const chance = crypto.randomUUID();",
    importRule,
    "import { hash } from 'node:crypto';\nexport const digest = hash('sha256', '');",
  ],
  ['the crypto global', 'src/app/a.ts', 'export const chance = crypto.randomUUID();', nameRule, parameter],
  ['code from text', 'src/app/a.ts', "export const run: unknown = Function('return this');", nameRule, parameter],

  // libraries
  [
    'the root of core in a pure room',
    'src/checks/a.ts',
    "export { SfError } from '@salesforce/core';",
    importRule,
    "export { SfError } from '@salesforce/core/sfError';",
  ],
  [
    'a type of the root of core in a pure room',
    'src/checks/a.ts',
    "export type { AuthFields } from '@salesforce/core';",
    importRule,
    "export { Messages } from '@salesforce/core/messages';",
  ],
  [
    'the root of core by dynamic import',
    'src/files/a.ts',
    "export const core = () => import('@salesforce/core');",
    formRule,
    "export const core = () => import('@salesforce/core/sfError');",
  ],
  [
    'sf-plugins-core in a pure room',
    'src/render/a.ts',
    "export { Ux } from '@salesforce/sf-plugins-core';",
    importRule,
    errors,
  ],
  ['a package that no pure room may use', 'src/render/a.ts', "export { ux } from '@oclif/core';", importRule, errors],
  [
    'a hook importing a library',
    'src/hooks/a.ts',
    "export { Hook } from '@oclif/core';",
    importRule,
    "export type { Hook } from '@oclif/core';",
  ],
];
