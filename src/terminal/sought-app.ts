import { Flags } from '@salesforce/sf-plugins-core';
import { openNetwork } from '../org/http.ts';

/** How every command that looks at one app with an administrator's session is told which, and how much it prints. */
export const soughtAppFlags = (summary: (flag: string) => string) => ({
  'target-org': Flags.string({ char: 'o', summary: summary('target-org') }),
  name: Flags.string({ summary: summary('name'), exclusive: ['client-id'] }),
  'client-id': Flags.string({ char: 'i', summary: summary('client-id') }),
  username: Flags.string({ summary: summary('username') }),
  'warn-days': Flags.integer({ summary: summary('warn-days'), default: 60, min: 0 }),
  concise: Flags.boolean({ summary: summary('concise'), exclusive: ['verbose'] }),
  verbose: Flags.boolean({ summary: summary('verbose') }),
});

type Given = {
  'target-org'?: string | undefined;
  name?: string | undefined;
  'client-id'?: string | undefined;
  username?: string | undefined;
  'warn-days': number;
};

/** What the probes ask for, with the network and the clock of this machine. */
export const soughtApp = (flags: Given) => ({
  targetOrg: flags['target-org'],
  name: flags.name,
  clientId: flags['client-id'],
  username: flags.username,
  warnDays: flags['warn-days'],
  network: openNetwork(process.env, () => new Date()),
  platform: process.platform,
});

/** The screen of this process for a list of checks. Nothing folds: one line for each thing that was looked at is what these commands are for. */
export function checkScreen({ concise, verbose }: { concise: boolean; verbose: boolean }) {
  const { stdout } = process;
  const colour = stdout.isTTY && stdout.hasColors();
  return { columns: Math.min(stdout.columns || 80, 100), terminal: false, colour, concise, verbose };
}
