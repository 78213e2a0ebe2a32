import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { defaultAppName } from '../../app/name.ts';
import { openNetwork } from '../../org/http.ts';
import { removalStageTitle, removalStageTitles, renderRemoval, renderRemoved } from '../../render/remove.ts';
import { remove, type RemoveResult } from '../../setup/remove.ts';
import { canAsk, confirm } from '../../terminal/ask.ts';
import { exitCodes, variables } from '../../terminal/help.ts';
import { sayWhenInterrupted } from '../../terminal/interruption.ts';
import { keystorePassword, keystorePasswordVariable } from '../../terminal/keystore-password.ts';
import { showStages } from '../../terminal/stages.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'remove');
const summary = (flag: string): string => messages.getMessage(`flags.${flag}.summary`);

/** `left` is what stays although it looks like a part of the set-up, and why. */
export type AquilaRemoveResult = RemoveResult;

export default class AquilaRemove extends SfCommand<AquilaRemoveResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.string({ char: 'o', summary: summary('target-org') }),
    name: Flags.string({ summary: summary('name'), default: defaultAppName }),
    username: Flags.string({ summary: summary('username') }),
    files: Flags.boolean({ summary: summary('files'), description: messages.getMessage('flags.files.description') }),
    'dry-run': Flags.boolean({ summary: summary('dry-run') }),
    'no-prompt': Flags.boolean({ summary: summary('no-prompt') }),
  };

  public static override readonly envVariablesSection = variables({
    [keystorePasswordVariable]: messages.getMessage('env.SF_AQUILA_KEYSTORE_PASSWORD'),
  });
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<AquilaRemoveResult> {
    const { flags } = await this.parse(AquilaRemove);
    const columns = Math.min(process.stdout.columns || 80, 100);
    const [noPrompt, dryRun] = [flags['no-prompt'], flags['dry-run']];
    const asks = canAsk({ json: this.jsonEnabled(), noPrompt });
    const { result, stayed } = await remove(
      {
        ...{ targetOrg: flags['target-org'], name: flags.name, username: flags.username, files: flags.files },
        ...{ dryRun, noPrompt },
      },
      openNetwork(process.env, () => new Date()),
      {
        showPlan: (plan) => this.log(['', ...renderRemoval(plan, columns), ''].join('\n')),
        confirm: asks ? () => confirm(messages.getMessage('question.go')) : undefined,
        keystorePassword: (file) => keystorePassword(file, { file: undefined, canAsk: asks }),
        openStages: (org, kinds) =>
          showStages(removalStageTitle(org), removalStageTitles(kinds), process.stdout.isTTY && !this.jsonEnabled()),
        onInterruption: sayWhenInterrupted,
      }
    );
    if (result.removed.length + stayed.length > 0) this.log(renderRemoved(dryRun, stayed, columns).join('\n'));
    return result;
  }
}
