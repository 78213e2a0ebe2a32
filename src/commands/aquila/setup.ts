import { basename } from 'node:path';
import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { defaultAppName } from '../../app/name.ts';
import { keystoreTypes, secretsOf } from '../../cert/file-set.ts';
import { parseSubject } from '../../cert/subject.ts';
import { exitCode, type CheckReport } from '../../checks/summary.ts';
import type { HandoverFields } from '../../handover/fields.ts';
import { openToGit } from '../../files/git-ignore.ts';
import { openNetwork } from '../../org/http.ts';
import { verifyOne } from '../../probes/verify.ts';
import { foreignQuestion } from '../../render/app.ts';
import { gitWarnings } from '../../render/certificate.ts';
import { renderDiagnosis } from '../../render/diagnosis.ts';
import { renderSetupEnd, renderSetupPlan, setupStageTitle, setupStageTitles } from '../../render/setup.ts';
import { countText } from '../../setup/app-talk.ts';
import { setup } from '../../setup/setup.ts';
import type { SetupProof, SetupStep, SetupTalk } from '../../setup/setup-talk.ts';
import { canAsk, confirm } from '../../terminal/ask.ts';
import { circumstances } from '../../terminal/circumstances.ts';
import { exitCodes, variables } from '../../terminal/help.ts';
import { sayWhenInterrupted } from '../../terminal/interruption.ts';
import { keystorePasswordVariable, newKeystoreChoice } from '../../terminal/keystore-password.ts';
import { setupQuestions } from '../../terminal/setup-questions.ts';
import { showStages } from '../../terminal/stages.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'setup');
const summary = (flag: string): string => messages.getMessage(`flags.${flag}.summary`);
const description = (flag: string): string => messages.getMessage(`flags.${flag}.description`);

/** `report` and `verify` are left out after a dry run. */
export type AquilaSetupResult = { steps: SetupStep[]; report?: HandoverFields; verify?: CheckReport };

export default class AquilaSetup extends SfCommand<AquilaSetupResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.string({ char: 'o', summary: summary('target-org') }),
    username: Flags.string({ summary: summary('username') }),
    name: Flags.string({ summary: summary('name'), default: defaultAppName }),
    'contact-email': Flags.string({ summary: summary('contact-email') }),
    'permission-set': Flags.string({ summary: summary('permission-set'), multiple: true, multipleNonGreedy: true }),
    'create-permission-set': Flags.boolean({
      summary: summary('create-permission-set'),
      description: description('create-permission-set'),
    }),
    profile: Flags.string({ summary: summary('profile'), multiple: true, multipleNonGreedy: true }),
    'session-timeout': Flags.integer({ summary: summary('session-timeout') }),
    subject: Flags.string({ summary: summary('subject'), exclusive: ['jwt-key-file'] }),
    'output-dir': Flags.directory({ char: 'd', summary: summary('output-dir'), default: '.' }),
    'jwt-key-file': Flags.file({ char: 'f', summary: summary('jwt-key-file') }),
    'certificate-file': Flags.file({ summary: summary('certificate-file'), dependsOn: ['jwt-key-file'] }),
    keystore: Flags.option({ summary: summary('keystore'), options: keystoreTypes, multiple: true })(),
    'keystore-password-file': Flags.string({ summary: summary('keystore-password-file'), dependsOn: ['keystore'] }),
    alias: Flags.string({ char: 'a', summary: summary('alias') }),
    'client-id': Flags.string({ char: 'i', summary: summary('client-id') }),
    'key-path': Flags.string({ summary: summary('key-path') }),
    bundle: Flags.file({ summary: summary('bundle'), description: description('bundle') }),
    wait: Flags.integer({ summary: summary('wait'), description: description('wait'), default: 30, min: 0, max: 120 }),
    'dry-run': Flags.boolean({ summary: summary('dry-run') }),
    'no-prompt': Flags.boolean({ summary: summary('no-prompt') }),
  };

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
    const end = { plan, steps: result.steps, verify: result.verify, handover };
    this.log(renderSetupEnd(end, { ...view, concise: false }).join('\n'));
    const { directory, keyFile: privateKey, written } = plan.pair;
    const open = await openToGit(
      directory,
      secretsOf({ ...written, privateKey }).map((path) => basename(path))
    );
    for (const warning of gitWarnings(open)) this.warn(warning);
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
      showPlan: (plan, changes) => this.log(['', ...renderSetupPlan(plan, changes, columns), ''].join('\n')),
      confirm: asks ? () => confirm(messages.getMessage('question.go')) : undefined,
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
