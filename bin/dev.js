#!/usr/bin/env node
// The plugin straight from src/: Node runs TypeScript as it stands, so nothing is transpiled, and no manifest is read.
import './node-version.js';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { execute, settings } = await import('@oclif/core');

const inSource = (path) => path.replace(/^\.\/lib\//, './src/').replace(/\.js$/, '.ts');
const pjson = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
pjson.oclif.commands = inSource(pjson.oclif.commands);
pjson.oclif.hooks = Object.fromEntries(
  Object.entries(pjson.oclif.hooks ?? {}).map(([event, path]) => [event, [path].flat().map(inSource)])
);

settings.enableAutoTranspile = false;
await execute({
  development: true,
  dir: import.meta.url,
  loadOptions: { root: fileURLToPath(new URL('..', import.meta.url)), pjson, ignoreManifest: true, userPlugins: false },
});
