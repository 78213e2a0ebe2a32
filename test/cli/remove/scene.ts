import { existsSync } from 'node:fs';
import AquilaRemove, { type AquilaRemoveResult } from '../../../src/commands/aquila/remove.ts';
import { example } from '../../emulator/index.ts';
import { runInProcess, type Run } from '../../in-process.ts';
import { AppOrg } from '../../setup/app-org.ts';

export type RemoveRun = Run<AquilaRemoveResult>;

/** An org that has been set up, with key, certificate and stored login in the home, and everything that a removal can be asked. */
export class RemoveScene {
  /** @param more words for `sf aquila setup` */
  static async open(...more: string[]): Promise<RemoveScene> {
    const org = await AppOrg.open('bare');
    const access = more.includes('--permission-set') ? [] : ['--create-permission-set'];
    if (more.includes('--permission-set')) org.emulator.org.permissionSets.add('Collectors');
    const words = ['--username', example.username, '--contact-email', 'soc@acme.com', '--alias', 'aquila'];
    const run = await org.setup(
      ...words,
      ...access,
      '--output-dir',
      org.home,
      ...more.map((one) => one.replace('~', org.home))
    );
    if (!run.result?.steps.some(({ step, status }) => step === 'login' && status === 'done'))
      throw new Error(`the setup failed: ${run.error?.message ?? run.stdout}`);
    org.requests();
    return new RemoveScene(org);
  }

  readonly org: AppOrg;

  private constructor(org: AppOrg) {
    this.org = org;
  }

  /** As the administrator unless `--target-org` is among the words. */
  removing(...words: string[]): Promise<RemoveRun> {
    const target = words.includes('--target-org') ? [] : ['--target-org', 'admin'];
    return runInProcess(AquilaRemove, [...target, ...words], this.org.env);
  }

  /** Without a question, for the integration user. */
  named(...words: string[]): Promise<RemoveRun> {
    return this.removing('--username', example.username, '--no-prompt', ...words);
  }

  hasLogin(): boolean {
    return existsSync(this.org.path('.sfdx', `${example.username}.json`));
  }
}

/** What went, in order, by kind. */
export const kindsOf = ({ result }: RemoveRun): string[] => (result?.removed ?? []).map(({ kind }) => kind);

/** Which files went, in order. */
export const filesOf = ({ result }: RemoveRun): string[] =>
  (result?.removed ?? []).flatMap(({ kind, name }) => (kind === 'file' ? [name] : []));

/** What stays, and why; the files that nobody asked to remove left out. */
export const leftOf = ({ result }: RemoveRun): string[] =>
  (result?.left ?? []).flatMap(({ kind, reason }) => (reason === 'files-not-asked' ? [] : [`${kind} ${reason}`]));

/** The whole screen in one line, however it was broken. */
export const screen = ({ stdout }: RemoveRun): string => stdout.replace(/\s+/g, ' ');

/** What goes after a setup with --create-permission-set. */
export const all = ['app', 'assignment', 'permission-set', 'login'];
