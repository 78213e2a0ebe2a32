import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { exitCode, type CheckReport } from '../../../checks/summary.ts';
import { diagnoseApp } from '../../../probes/diagnose-app.ts';
import { renderChecks } from '../../../render/checks.ts';
import { exitCodes, networkVariables } from '../../../terminal/help.ts';
import { checkScreen, soughtApp, soughtAppFlags } from '../../../terminal/sought-app.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'app.check');

export type AppCheckResult = CheckReport;

export default class AppCheck extends SfCommand<AppCheckResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    ...soughtAppFlags((flag) => messages.getMessage(`flags.${flag}.summary`)),
    'certificate-file': Flags.file({ summary: messages.getMessage('flags.certificate-file.summary') }),
  };

  public static override readonly envVariablesSection = networkVariables;
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<AppCheckResult> {
    const { flags } = await this.parse(AppCheck);
    const result = await diagnoseApp({ ...soughtApp(flags), certificateFile: flags['certificate-file'] });
    this.log(renderChecks(result.checks, result.summary, checkScreen(flags)));
    process.exitCode = exitCode(result, 'fail');
    return result;
  }
}
