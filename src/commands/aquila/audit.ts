import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { exitCode, type CheckReport } from '../../checks/summary.ts';
import { openNetwork } from '../../org/http.ts';
import { diagnoseAudit } from '../../probes/diagnose-audit.ts';
import { renderChecks } from '../../render/checks.ts';
import { renderOrgSettings } from '../../render/org-settings.ts';
import { writeOrgSettings, type WrittenSettings } from '../../setup/write-org-settings.ts';
import { exitCodes, networkVariables } from '../../terminal/help.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'audit');

/** `written` is there with `--output-dir` alone. */
export type AuditResult = CheckReport & { written?: WrittenSettings };

export default class Audit extends SfCommand<AuditResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.string({ char: 'o', summary: messages.getMessage('flags.target-org.summary') }),
    name: Flags.string({ summary: messages.getMessage('flags.name.summary'), exclusive: ['client-id'] }),
    'client-id': Flags.string({ char: 'i', summary: messages.getMessage('flags.client-id.summary') }),
    username: Flags.string({ summary: messages.getMessage('flags.username.summary') }),
    'warn-days': Flags.integer({ summary: messages.getMessage('flags.warn-days.summary'), default: 60, min: 0 }),
    'output-dir': Flags.string({ char: 'd', summary: messages.getMessage('flags.output-dir.summary') }),
    concise: Flags.boolean({ summary: messages.getMessage('flags.concise.summary'), exclusive: ['verbose'] }),
    verbose: Flags.boolean({ summary: messages.getMessage('flags.verbose.summary') }),
  };

  public static override readonly envVariablesSection = networkVariables;
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<AuditResult> {
    const { flags } = await this.parse(Audit);
    const { concise, verbose } = flags;
    const { report, orgSettings, admin } = await diagnoseAudit({
      targetOrg: flags['target-org'],
      name: flags.name,
      clientId: flags['client-id'],
      username: flags.username,
      warnDays: flags['warn-days'],
      network: openNetwork(process.env, () => new Date()),
      platform: process.platform,
    });
    const { stdout } = process;
    const columns = Math.min(stdout.columns || 80, 100);
    const colour = stdout.isTTY && stdout.hasColors();
    this.log(renderChecks(report.checks, report.summary, { columns, terminal: false, colour, concise, verbose }));
    process.exitCode = exitCode(report, 'fail');
    const folder = flags['output-dir'];
    if (folder === undefined) return report;
    const written = await writeOrgSettings(folder, orgSettings, report.checks);
    const isRead = Object.keys(orgSettings).length > 0;
    for (const line of renderOrgSettings(written, isRead, admin, columns)) this.log(line);
    return { ...report, written };
  }
}
