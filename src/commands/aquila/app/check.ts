import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { exitCode, type CheckReport } from '../../../checks/summary.ts';
import { openNetwork } from '../../../org/http.ts';
import { diagnoseApp } from '../../../probes/diagnose-app.ts';
import { renderChecks } from '../../../render/checks.ts';
import { exitCodes, networkVariables } from '../../../terminal/help.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'app.check');

export type AppCheckResult = CheckReport;

export default class AppCheck extends SfCommand<AppCheckResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.string({ char: 'o', summary: messages.getMessage('flags.target-org.summary') }),
    name: Flags.string({ summary: messages.getMessage('flags.name.summary'), exclusive: ['client-id'] }),
    'client-id': Flags.string({ char: 'i', summary: messages.getMessage('flags.client-id.summary') }),
    username: Flags.string({ summary: messages.getMessage('flags.username.summary') }),
    'certificate-file': Flags.file({ summary: messages.getMessage('flags.certificate-file.summary') }),
    'warn-days': Flags.integer({ summary: messages.getMessage('flags.warn-days.summary'), default: 60, min: 0 }),
    concise: Flags.boolean({ summary: messages.getMessage('flags.concise.summary'), exclusive: ['verbose'] }),
    verbose: Flags.boolean({ summary: messages.getMessage('flags.verbose.summary') }),
  };

  public static override readonly envVariablesSection = networkVariables;
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<AppCheckResult> {
    const { flags } = await this.parse(AppCheck);
    const { concise, verbose } = flags;
    const result = await diagnoseApp({
      targetOrg: flags['target-org'],
      name: flags.name,
      clientId: flags['client-id'],
      username: flags.username,
      certificateFile: flags['certificate-file'],
      warnDays: flags['warn-days'],
      network: openNetwork(process.env, () => new Date()),
      platform: process.platform,
    });
    const { stdout } = process;
    const columns = Math.min(stdout.columns || 80, 100);
    const colour = stdout.isTTY && stdout.hasColors();
    // Nothing folds: one line for each setting of the guide is what this command is for.
    this.log(renderChecks(result.checks, result.summary, { columns, terminal: false, colour, concise, verbose }));
    process.exitCode = exitCode(result, 'fail');
    return result;
  }
}
