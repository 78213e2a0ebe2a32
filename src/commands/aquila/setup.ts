import { Messages } from '@salesforce/core';
import { SfCommand } from '@salesforce/sf-plugins-core';
import { parseSubject } from '../../cert/subject.ts';
import { exitCode, type CheckReport } from '../../checks/summary.ts';
import type { HandoverFields } from '../../handover/fields.ts';
import { openNetwork } from '../../org/http.ts';
import { verifyOne } from '../../probes/verify.ts';
import { foreignQuestion } from '../../render/app.ts';
import { renderDiagnosis } from '../../render/diagnosis.ts';
import { renderSetupEnd } from '../../render/setup-end.ts';
import { renderSetupPlan, setupWarnings, setupStageTitle, setupStageTitles } from '../../render/setup-plan.ts';
import { countText } from '../../setup/app-talk.ts';
import { setup } from '../../setup/setup.ts';
import type { SetupProof, SetupStep, SetupTalk } from '../../setup/setup-talk.ts';
import { canAsk, confirm } from '../../terminal/ask.ts';
import { circumstances } from '../../terminal/circumstances.ts';
import { exitCodes, variables } from '../../terminal/help.ts';
import { sayWhenInterrupted } from '../../terminal/interruption.ts';
import { keystorePasswordVariable, newKeystoreChoice } from '../../terminal/keystore-password.ts';
import { setupFlags } from '../../terminal/setup-flags.ts';
import { askToGoAhead, setupQuestions } from '../../terminal/setup-questions.ts';
import { showStages } from '../../terminal/stages.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'setup');

/** `report` and `verify` are left out after a dry run. */
export type AquilaSetupResult = { steps: SetupStep[]; report?: HandoverFields; verify?: CheckReport };

export default class AquilaSetup extends SfCommand<AquilaSetupResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = setupFlags;

  public static override readonly envVariablesSection = variables({
    [keystorePasswordVariable]: messages.getMessage('env.SF_AQUILA_KEYSTORE_PASSWORD'),
  });
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<AquilaSetupResult> {
    const { flags } = await this.parse(AquilaSetup);
    const { stdout } = process;
    const columns = Math.min(stdout.columns || 80, 100);
    const network = openNetwork(process.env, () => new Date());
    const proof: SetupProof = {
      verify: (target) => verifyOne({ ...target, wait: flags.wait, network, platform: process.platform }),
      diagnosis: (login, report) =>
        renderDiagnosis({ orgs: [{ name: login.username, login, report }], ...circumstances(this.config) }),
    };
    const { result, plan, handover } = await setup(
      {
        ...{ targetOrg: flags['target-org'], username: flags.username, name: flags.name, alias: flags.alias },
        ...{ contactEmail: flags['contact-email'], clientId: flags['client-id'], keyPath: flags['key-path'] },
        ...{ permissionSets: flags['permission-set'] ?? [], profiles: flags.profile ?? [] },
        ...{ createPermissionSet: flags['create-permission-set'], sessionTimeout: flags['session-timeout'] },
        subject: flags.subject === undefined ? undefined : parseSubject(flags.subject),
        ...{ outputDir: flags['output-dir'], keyFile: flags['jwt-key-file'] },
        ...{ certificateFile: flags['certificate-file'], keystores: flags.keystore, bundle: flags.bundle },
        ...{ wait: flags.wait, dryRun: flags['dry-run'] },
      },
      network,
      this.talk({ noPrompt: flags['no-prompt'], columns, passwordFile: flags['keystore-password-file'] }),
      proof
    );
    const view = { columns, terminal: stdout.isTTY, colour: stdout.isTTY && stdout.hasColors(), verbose: false };
    this.log(renderSetupEnd({ plan, ...result, handover }, { ...view, concise: false }).join('\n'));
    if (result.verify) process.exitCode = exitCode(result.verify, 'fail');
    return result;
  }

  /** Plan, questions and progress, where there is a person to see them. */
  private talk(how: { noPrompt: boolean; columns: number; passwordFile: string | undefined }): SetupTalk {
    const { columns, noPrompt, passwordFile: file } = how;
    const json = this.jsonEnabled();
    const asks = canAsk({ json, noPrompt });
    return {
      questions: asks ? setupQuestions : undefined,
      showPlan: (plan, changes) => {
        this.log(['', ...renderSetupPlan(plan, changes, columns), ''].join('\n'));
        for (const warning of setupWarnings(plan)) this.warn(warning);
      },
      confirm: asks ? askToGoAhead : undefined,
      mayChangeForeign: asks
        ? (app, users, cutsOff) => confirm(foreignQuestion(app, countText(users), cutsOff, columns))
        : undefined,
      keystoreChoice: (types) =>
        newKeystoreChoice({ types, alias: undefined, name: 'aquila', compat: false, file, canAsk: asks }),
      openStages: ({ org }, steps) =>
        showStages(setupStageTitle(org), setupStageTitles(steps), process.stdout.isTTY && !json),
      onInterruption: sayWhenInterrupted,
    };
  }
}
