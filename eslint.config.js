import { builtinModules } from 'node:module';
import { fixupPluginRules } from '@eslint/compat';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import sfPlugin from 'eslint-plugin-sf-plugin';
import tseslint from 'typescript-eslint';

// ---- The house -------------------------------------------------------------------------------------------------------
// A file of src/ imports from lower floors or from its own room: never up, never sideways. test/house/floors.test.ts
// holds one violation per form.

const floors = [
  ['error-codes.ts'],
  ['errors.ts'],
  ['cert', 'app', 'token', 'handover'],
  ['checks', 'keystore', 'org', 'files'],
  ['render', 'probes', 'setup', 'terminal'],
  ['commands', 'hooks'],
  ['index.ts'],
];

/** Rooms that only compute: time and randomness come in as parameters, disk and network are for others. */
const pureRooms = ['error-codes.ts', 'errors.ts', 'cert', 'app', 'token', 'handover', 'checks', 'keystore', 'render'];

/** All that a pure room may import besides its own house. A package joins only if it needs no disk, network or clock. */
const pureImports = [
  'node:buffer',
  'node:crypto',
  'node:path',
  'node:url',
  'node:util',
  'node:zlib',
  '@salesforce/core/messages',
  '@salesforce/core/sfError',
  'fast-xml-parser',
  'fastest-levenshtein',
  'jose',
  'node-forge',
  'xml-crypto',
  'yaml',
];

const rooms = floors.flatMap((onThisFloor, floor) =>
  onThisFloor.map((room) => {
    const below = floors.slice(0, floor).flat();
    return { room, open: pureRooms.includes(room) ? below.filter((lower) => pureRooms.includes(lower)) : below };
  })
);

const zones = [
  ...rooms.map(({ room, open }) => ({
    target: `./src/${room}`,
    from: './src',
    except: [room, ...open].map((name) => `./${name}`),
    message: `${room} may import from itself${open.map((name) => `, ${name}`).join('')}: never up, never sideways.`,
  })),
  { target: './src', from: ['./bin', './lib', './scripts', './test'], message: 'src stands on nothing but itself.' },
  { target: './test/emulator', from: ['./lib', './src'], message: 'The emulator judges with code of its own.' },
];

// ---- Walls -----------------------------------------------------------------------------------------------------------
// What a room may not reach, in whatever form. `imports` are regular expressions of specifiers, static or dynamic.

const noTime = 'Time comes into a pure room as a parameter.';
const noChance = 'Randomness comes into a pure room as a parameter.';
const noProcess = 'A pure room knows nothing of the process that runs it.';
const noNetwork = 'Only org/ touches the network.';
const each = (names, message) => names.map((name) => [name, message]);
const anyOf = (texts) => texts.map((text) => text.replaceAll('.', '\\.')).join('|');

const outerWall = {
  imports: [
    [`^(?:${anyOf(builtinModules)})$`, 'Write node: before the modules of Node.'],
    ['^node:(?:module|vm|worker_threads)$', 'Import what is needed: no require and no second world in this house.'],
    ['^(?:file|data|https?):|^[/#]', 'Import packages by name and files by a relative path.'],
    ['^sf-plugin-aquila', 'Import the file itself, not the package.'],
  ],
  globals: each(['globalThis', 'global', 'require'], 'Use the global or the import by its name: walls see names.'),
  properties: [['process', 'getBuiltinModule', 'Use import.']],
  syntax: [
    ['ImportExpression[source.type!="Literal"]', 'import() takes a plain string: walls see names.'],
    ['TSImportType', 'Write import type at the top of the file.'],
  ],
};

const network = {
  imports: [['^node:(?:http|https|http2|net|tls|dns|dgram)(?:/|$)|^undici(?:/|$)|jsforce', noNetwork]],
  globals: each(['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'], noNetwork),
};

const disk = { imports: [['^node:fs(?:/|$)', 'Only files/ touches the disk.']] };

const slowRoots = {
  imports: [
    [
      '^@salesforce/(?:core|sf-plugins-core)$',
      'This root costs 0.3 s or more to import: only the two upper floors and org/ may. Take @salesforce/core/messages or /sfError.',
    ],
  ],
};

const purity = {
  imports: [
    [`^(?!\\.|(?:${anyOf(pureImports)})$)`, `A pure room imports only its house and ${pureImports.join(', ')}.`],
  ],
  globals: [
    ...each(['process', 'console', 'navigator'], noProcess),
    ...each(['performance', 'setTimeout', 'setInterval', 'setImmediate'], noTime),
    ...each(['crypto'], noChance),
    ...each(['eval', 'Function'], 'No code from text.'),
  ],
  properties: [
    ['Date', 'now', noTime],
    ['AbortSignal', 'timeout', noTime],
    ['Math', 'random', noChance],
  ],
  syntax: [
    ['NewExpression[callee.name="Date"][arguments.length=0]', noTime],
    ['CallExpression[callee.name="Date"]', noTime],
  ],
};

/** Every command of sf pays for what a hook imports. `import()` in the branch that needs it is fine. */
const hookWall = {
  staticImports: [{ regex: '^(?!\\.|node:)', message: 'Hooks import nothing heavy.', allowTypeImports: true }],
};

const chance = {
  name: 'node:crypto',
  importNames: [
    ...['default', 'webcrypto', 'generateKey', 'generateKeySync', 'generateKeyPair', 'generateKeyPairSync'],
    ...['generatePrime', 'generatePrimeSync', 'randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID'],
  ],
  message: noChance,
};

function wallsOf(room) {
  const isPure = pureRooms.includes(room);
  return [
    outerWall,
    ...(room === 'org' ? [] : [network]),
    ...(room === 'files' || room === 'hooks' ? [] : [disk]),
    ...(isPure || room === 'files' ? [slowRoots] : []),
    ...(isPure ? [purity] : []),
    ...(room === 'hooks' ? [hookWall] : []),
  ];
}

function rulesOf(room) {
  const walls = wallsOf(room);
  const all = (kind) => walls.flatMap((wall) => wall[kind] ?? []);
  const selectors = all('imports').map(([regex, message]) => [
    `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002F')}/]`,
    message,
  ]);
  return {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        paths: pureRooms.includes(room) ? [chance] : [],
        patterns: [...all('imports').map(([regex, message]) => ({ regex, message })), ...all('staticImports')],
      },
    ],
    'no-restricted-globals': ['error', ...all('globals').map(([name, message]) => ({ name, message }))],
    'no-restricted-properties': [
      'error',
      ...all('properties').map(([object, property, message]) => ({ object, property, message })),
    ],
    'no-restricted-syntax': [
      'error',
      ...[...selectors, ...all('syntax')].map(([selector, message]) => ({ selector, message })),
    ],
  };
}

const house = rooms.map(({ room }) => ({
  name: `aquila/${room}`,
  files: [room.endsWith('.ts') ? `src/${room}` : `src/${room}/**/*.ts`],
  rules: rulesOf(room),
}));

// ---- Manners ---------------------------------------------------------------------------------------------------------

const maxLines = (max) => ({ 'max-lines': ['error', { max, skipBlankLines: true, skipComments: true }] });

export default defineConfig(
  { ignores: ['lib/', 'coverage/', 'tmp/', 'node_modules/', 'test/installed/node_modules/', 'test/fixtures/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({ project: import.meta.dirname, noWarnOnMultipleProjects: true }),
      ],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      '@typescript-eslint/array-type': ['error', { default: 'array-simple' }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: true }],
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }], // code points are what we count
      '@typescript-eslint/no-unsafe-enum-assignment': 'off', // we have no enums, and those of node-forge take numbers
      '@typescript-eslint/non-nullable-type-assertion-style': 'off', // asks for the ! that another rule forbids
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-console': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  { files: ['src/**/*.ts'], rules: maxLines(250) },
  // A table with one line for each error.
  { files: ['src/error-codes.ts'], rules: { 'max-lines': 'off' } },
  { files: ['src/checks/*/**/*.ts'], rules: maxLines(60) },
  // One list, a line for each code: it is looked up, not read.
  { files: ['src/error-codes.ts'], rules: maxLines(400) },
  ...house,
  {
    files: ['src/commands/**/*.ts'],
    plugins: { 'sf-plugin': fixupPluginRules(sfPlugin) },
    rules: {
      ...sfPlugin.configs.recommended.rules,
      'sf-plugin/dash-o': 'off', // it knows --target-org only as a flag that asks the org while parsing
      ...maxLines(120),
    },
  },
  {
    files: ['test/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      ...maxLines(400),
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unused-expressions': 'off', // expect(x).to.be.true
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
  prettier
);
