import { relative } from 'node:path';
import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { openToGit } from '../../../files/git-ignore.ts';
import { openNetwork } from '../../../org/http.ts';
import { gitWarnings } from '../../../render/certificate.ts';
import {
  renderRenewalEnd,
  renderRenewalPlan,
  renewalInterrupted,
  renewalStageTitle,
  renewalStageTitles,
} from '../../../render/renewal.ts';
import { renew } from '../../../setup/renew.ts';
import { renewStages, type RenewResult, type RenewTalk, type ShownRenewal } from '../../../setup/renew-talk.ts';
import { canAsk, confirm } from '../../../terminal/ask.ts';
import { exitCodes, variables } from '../../../terminal/help.ts';
import { Interruption } from '../../../terminal/interruption.ts';
import { keystorePassword, keystorePasswordVariable } from '../../../terminal/keystore-password.ts';
import { askPassphrase, givenPassphrase } from '../../../terminal/opening-secrets.ts';
import { keyPassphraseVariable } from '../../../terminal/passphrase.ts';
import { setupQuestions } from '../../../terminal/setup-questions.ts';
import { showStages } from '../../../terminal/stages.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'cert.renew');
const summary = (flag: string): string => messages.getMessage(`flags.${flag}.summary`);
const description = (flag: string): string => messages.getMessage(`flags.${flag}.description`);

export type CertRenewResult = RenewResult;

export default class CertRenew extends SfCommand<CertRenewResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.string({ char: 'o', summary: summary('target-org') }),
    'admin-org': Flags.string({ summary: summary('admin-org') }),
    name: Flags.string({ summary: summary('name') }),
    rekey: Flags.boolean({ summary: summary('rekey'), description: description('rekey') }),
    'side-by-side': Flags.boolean({ summary: summary('side-by-side'), description: description('side-by-side') }),
    'if-needed': Flags.boolean({ summary: summary('if-needed') }),
    days: Flags.integer({ summary: summary('days'), min: 1, max: 36_500, default: 365 }),
    'warn-days': Flags.integer({ summary: summary('warn-days'), default: 60, min: 0 }),
    wait: Flags.integer({ summary: summary('wait'), description: description('wait'), default: 30, min: 0, max: 120 }),
    'dry-run': Flags.boolean({ summary: summary('dry-run') }),
    'no-prompt': Flags.boolean({ summary: summary('no-prompt') }),
  };

  public static override readonly envVariablesSection = variables({
    [keystorePasswordVariable]: messages.getMessage('env.SF_AQUILA_KEYSTORE_PASSWORD'),
    [keyPassphraseVariable]: messages.getMessage('env.SF_AQUILA_KEY_PASSPHRASE'),
  });
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<CertRenewResult> {
    const { flags } = await this.parse(CertRenew);
    const columns = Math.min(process.stdout.columns || 80, 100);
    const interruption = new Interruption();
    const talk = this.talk(flags['no-prompt'], columns, interruption);
    const { 'warn-days': warnDays, 'dry-run': dryRun } = flags;
    const request = {
      ...{ targetOrg: flags['target-org'], adminOrg: flags['admin-org'], name: flags.name },
      ...{ rekey: flags.rekey, sideBySide: flags['side-by-side'], ifNeeded: flags['if-needed'], warnDays },
      ...{ days: flags.days, wait: flags.wait, dryRun },
    };
    const network = openNetwork(process.env, () => new Date());
    const { result, shown, names } = await interruption.during(() => renew(request, network, talk));
    for (const line of renderRenewalEnd({ plan: shown, result, dryRun, warnDays, ...names }, columns)) this.log(line);
    if (shown) await this.warnOfGit(shown, result.backup);
    return result;
  }

  /** Keys that git would take into a commit, the ones that were kept included. */
  private async warnOfGit({ folder, files }: ShownRenewal, backup: readonly string[]): Promise<void> {
    const kept = backup.map((path) => relative(folder, path));
    const secrets = [...files, ...kept].filter((name) => /\.(?:key|pem|p12|jks)$/.test(name));
    for (const warning of gitWarnings(await openToGit(folder, secrets))) this.warn(warning);
  }

  /** Plan, questions and progress, where there is a person to see them; and what an interruption would leave behind. */
  private talk(noPrompt: boolean, columns: number, interruption: Interruption): RenewTalk {
    const json = this.jsonEnabled();
    const asks = canAsk({ json, noPrompt });
    return {
      askAdmin: asks ? setupQuestions.org : undefined,
      secrets: {
        passphrase: async (file) => (await givenPassphrase(undefined)) ?? (asks ? askPassphrase(file) : undefined),
        keystorePassword: (file) => keystorePassword(file, { file: undefined, canAsk: asks }),
      },
      showPlan: (plan) => this.log([...renderRenewalPlan(plan, columns), ''].join('\n')),
      confirm: asks ? () => confirm(messages.getMessage('question.go')) : undefined,
      openStages: async (plan) => {
        const titles = renewalStageTitles(renewStages, plan.beside !== undefined);
        const shown = await showStages(renewalStageTitle(plan.app, plan.org), titles, process.stdout.isTTY && !json);
        return interruption.follow(shown, (stage) => renewalInterrupted(stage, plan));
      },
    };
  }
}
