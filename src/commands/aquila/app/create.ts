import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { defaultAppName } from '../../../app/name.ts';
import type { Change } from '../../../app/plan.ts';
import { openNetwork } from '../../../org/http.ts';
import {
  renderAppSource,
  renderCreatedApp,
  foreignQuestion,
  interruptedWords,
  renderPlan,
  stageTitle,
  stageTitles,
} from '../../../render/app.ts';
import type { CreateAppRequest } from '../../../setup/app-request.ts';
import { countText, type CreateAppTalk } from '../../../setup/app-talk.ts';
import { createApp } from '../../../setup/create-app.ts';
import { writeAppSource } from '../../../setup/app-source.ts';
import { askContactEmail, canAsk, confirm } from '../../../terminal/ask.ts';
import { Interruption } from '../../../terminal/interruption.ts';
import { showStages } from '../../../terminal/stages.ts';
import { exitCodes, networkVariables } from '../../../terminal/help.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'app.create');

/** `files` with `--output-dir`; the ids where an org has the app and shows them. */
export type AppCreateResult = {
  name: string;
  developerName: string;
  applicationId?: string;
  clientId?: string;
  changes: Change[];
  files?: string[];
};

const summary = (flag: string): string => messages.getMessage(`flags.${flag}.summary`);
const description = (flag: string): string => messages.getMessage(`flags.${flag}.description`);

export default class AppCreate extends SfCommand<AppCreateResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.string({ char: 'o', summary: summary('target-org') }),
    name: Flags.string({ summary: summary('name'), default: defaultAppName }),
    'contact-email': Flags.string({ summary: summary('contact-email') }),
    'certificate-file': Flags.file({ summary: summary('certificate-file') }),
    username: Flags.string({ summary: summary('username') }),
    'permission-set': Flags.string({ summary: summary('permission-set'), multiple: true, multipleNonGreedy: true }),
    profile: Flags.string({
      summary: summary('profile'),
      description: description('profile'),
      multiple: true,
      multipleNonGreedy: true,
    }),
    'callback-url': Flags.string({ summary: summary('callback-url'), description: description('callback-url') }),
    'session-timeout': Flags.integer({ summary: summary('session-timeout') }),
    'refresh-token-days': Flags.integer({ summary: summary('refresh-token-days') }),
    'client-credentials-user': Flags.string({
      summary: summary('client-credentials-user'),
      description: description('client-credentials-user'),
    }),
    'client-id': Flags.string({ char: 'i', summary: summary('client-id'), description: description('client-id') }),
    'output-dir': Flags.directory({
      char: 'd',
      summary: summary('output-dir'),
      relationships: [{ type: 'none', flags: ['target-org', 'username', 'dry-run', 'wait'] }],
    }),
    'dry-run': Flags.boolean({ summary: summary('dry-run'), exclusive: ['wait'] }),
    wait: Flags.integer({ summary: summary('wait'), description: description('wait'), default: 0, min: 0, max: 120 }),
    force: Flags.boolean({ summary: summary('force') }),
    'no-prompt': Flags.boolean({ summary: summary('no-prompt') }),
  };

  public static override readonly envVariablesSection = networkVariables;
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<AppCreateResult> {
    const { flags } = await this.parse(AppCreate);
    const columns = Math.min(process.stdout.columns || 80, 100);
    const request: CreateAppRequest = {
      targetOrg: flags['target-org'],
      name: flags.name,
      contactEmail: flags['contact-email'],
      certificateFile: flags['certificate-file'],
      username: flags.username,
      ...{ permissionSets: flags['permission-set'] ?? [], profiles: flags.profile ?? [] },
      callbackUrl: flags['callback-url'],
      ...{ sessionTimeout: flags['session-timeout'], refreshTokenDays: flags['refresh-token-days'] },
      clientCredentialsUser: flags['client-credentials-user'],
      clientId: flags['client-id'],
      ...{ dryRun: flags['dry-run'], force: flags.force, wait: flags.wait },
    };
    const folder = flags['output-dir'];
    if (folder !== undefined) {
      const written = await writeAppSource({ ...request, outputDir: folder });
      for (const line of renderAppSource({ ...written, folder }, columns)) this.log(line);
      return written;
    }
    const network = openNetwork(process.env, () => new Date());
    const interruption = new Interruption();
    const talk = this.talk(flags['no-prompt'], columns, interruption);
    const work = interruption.during(() => createApp(request, network, talk));
    const { instanceUrl, plan, ...result } = await work;
    const { username, certificateFile } = request;
    const done = { ...plan, clientId: result.clientId, username, certificateFile, instanceUrl };
    for (const line of renderCreatedApp(done, columns)) this.log(line);
    return result;
  }

  /** Plan, questions and progress, where there is a person to see them; and what an interruption would leave behind. */
  private talk(noPrompt: boolean, columns: number, interruption: Interruption): CreateAppTalk {
    const json = this.jsonEnabled();
    const asks = canAsk({ json, noPrompt });
    return {
      showPlan: (plan) => this.log(renderPlan(plan, columns).join('\n')),
      askContactEmail: asks ? () => askContactEmail(messages.getMessage('question.contact-email')) : undefined,
      mayChangeForeign: asks
        ? (app, users, cutsOff) => confirm(foreignQuestion(app, countText(users), cutsOff, columns))
        : undefined,
      openStages: async (plan, stages) => {
        const title = stageTitle(plan.app, plan.org);
        const shown = await showStages(title, stageTitles(stages), process.stdout.isTTY && !json);
        return interruption.follow(shown, (stage) => interruptedWords(plan, stage));
      },
    };
  }
}
