import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exampleOrg, presets, scenarios, startEmulator, writeTlsCertificate } from '../test/emulator/index.ts';
import type { Emulator } from '../test/emulator/index.ts';
import { readStateFile } from '../test/emulator/state-file.ts';

const usage = `npm run emulator -- [options]

A loopback Salesforce org for hands-on use. It stays until Ctrl-C.

  --certificate FILE     certificate of the example app (the server.crt of "sf aquila cert create")
  --scenario NAME        something that is wrong: ${[...Object.keys(scenarios), ...Object.keys(presets)].join(', ')}
  --state FILE           org, users, apps and switches from a JSON file, see test/emulator/README.md
  --port-my-domain PORT  a fixed port for the My Domain
  --port-login PORT      a fixed port for the login host
  --help`;

const flags = {
  certificate: { type: 'string' },
  scenario: { type: 'string' },
  state: { type: 'string' },
  'port-my-domain': { type: 'string' },
  'port-login': { type: 'string' },
  help: { type: 'boolean' },
} as const;

function port(text: string | undefined): number {
  const number = Number(text ?? '0');
  if (!Number.isInteger(number) || number < 0 || number > 65_535) throw new Error(`not a port: ${text}`);
  return number;
}

/** What a person needs to use the org: where it is, who may log in, and how to make Node trust it. */
function describeOrg({ org, myDomainUrl, loginUrl }: Emulator, certificateFile: string): string {
  const users = org.users.map(({ username, profile, permissionSets }) =>
    [username, profile, ...permissionSets].join(', ')
  );
  const apps = org.apps.flatMap(({ name, kind, clientId, certificate }) => [
    `${name}, ${kind}, ${certificate === undefined ? 'no certificate uploaded' : 'with a certificate'}`,
    `client id ${clientId}`,
  ]);
  const block = (label: string, values: string[]): string[] =>
    values.map((value, i) => (i ? '' : label).padEnd(12) + value);
  const setVariable = process.platform === 'win32' ? 'set "NODE_EXTRA_CA_CERTS=' : 'export NODE_EXTRA_CA_CERTS="';
  return [
    ...block('My Domain', [myDomainUrl]),
    ...block('Login host', [loginUrl]),
    ...block('Org', [`${org.facts.name}, ${org.id}, ${org.facts.kind}`]),
    ...block('Users', users),
    ...block('Apps', apps),
    '',
    'In another terminal, so that it trusts this org:',
    '',
    `  ${setVariable}${certificateFile}"`,
    '',
    'Ctrl-C ends it.',
  ].join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: flags });
  if (values.help) {
    console.log(usage);
    return;
  }
  const certificate = values.certificate === undefined ? undefined : await readFile(values.certificate, 'utf8');
  const emulator = await startEmulator({
    ...exampleOrg(certificate),
    ...(values.state !== undefined && (await readStateFile(values.state))),
    portMyDomain: port(values['port-my-domain']),
    portLogin: port(values['port-login']),
  });
  if (values.scenario !== undefined) {
    const preset = Object.entries({ ...scenarios, ...presets }).find(([name]) => name === values.scenario)?.[1];
    if (!preset) throw new Error(`there is no scenario ${values.scenario}`);
    preset(emulator);
  }
  const folder = await mkdtemp(join(tmpdir(), 'aquila-emulator-'));
  const end = (): void => void Promise.all([emulator.stop(), rm(folder, { recursive: true, force: true })]);
  process.once('SIGINT', end).once('SIGTERM', end);
  console.log(describeOrg(emulator, await writeTlsCertificate(emulator.tlsCertificate, folder)));
}

await main().catch((error: unknown) => {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exit(2);
});
