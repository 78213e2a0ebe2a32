import { homedir, userInfo } from 'node:os';

/** What a diagnosis says of where it was made, and what it must not tell of that. */
export type Circumstances = {
  versions: { plugin: string; sf: string; node: string; platform: string };
  now: Date;
  machine: { home: string; user: string };
};

/** @param config of the command */
export function circumstances(config: {
  version: string;
  plugins: ReadonlyMap<string, { version: string }>;
}): Circumstances {
  const plugin = config.plugins.get('sf-plugin-aquila')?.version ?? '';
  const platform = `${process.platform} ${process.arch}`;
  return {
    versions: { plugin, sf: config.version, node: process.version, platform },
    now: new Date(),
    machine: { home: homedir(), user: userName() },
  };
}

/** Nobody, where the user of the process has no entry among the users of the system, as in some containers. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
