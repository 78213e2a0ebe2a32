// Imported before anything else, in syntax that old versions of Node can read: libraries fail there with riddles.
import { readFileSync } from 'node:fs';

const { engines, name } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const [major, minor] = engines.node.replace('>=', '').split('.').map(Number);
const [runsMajor, runsMinor] = process.versions.node.split('.').map(Number);

if (runsMajor < major || (runsMajor === major && runsMinor < minor)) {
  process.stderr.write(`${name} needs Node ${engines.node}, but this is ${process.version}.\n`);
  process.exit(1);
}
