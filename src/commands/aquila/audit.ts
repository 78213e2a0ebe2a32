import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { exitCode, type CheckReport } from '../../checks/summary.ts';
import { diagnoseAudit } from '../../probes/diagnose-audit.ts';
import { renderChecks } from '../../render/checks.ts';
import { renderOrgSettings } from '../../render/org-settings.ts';
import { writeOrgSettings, type WrittenSettings } from '../../setup/write-org-settings.ts';
import { exitCodes, networkVariables } from '../../terminal/help.ts';
import { checkScreen, soughtApp, soughtAppFlags } from '../../terminal/sought-app.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'audit');

/** `written` is there with `--output-dir` alone. */
export type AuditResult = CheckReport & { written?: WrittenSettings };

export default class Audit extends SfCommand<AuditResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    ...soughtAppFlags((flag) => messages.getMessage(`flags.${flag}.summary`)),
    'output-dir': Flags.string({ char: 'd', summary: messages.getMessage('flags.output-dir.summary') }),
  };

  public static override readonly envVariablesSection = networkVariables;
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<AuditResult> {
    const { flags } = await this.parse(Audit);
    const { report, orgSettings, admin } = await diagnoseAudit(soughtApp(flags));
    const screen = checkScreen(flags);
    this.log(renderChecks(report.checks, report.summary, screen));
    process.exitCode = exitCode(report, 'fail');
    const folder = flags['output-dir'];
    if (folder === undefined) return report;
    const written = await writeOrgSettings(folder, orgSettings, report.checks);
    const isRead = Object.keys(orgSettings).length > 0;
    for (const line of renderOrgSettings(written, isRead, admin, screen.columns)) this.log(line);
    return { ...report, written };
  }
}
