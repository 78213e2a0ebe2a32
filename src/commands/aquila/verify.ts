import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { verifyChecks } from '../../checks/doors.ts';
import { selectChecks } from '../../checks/select.ts';
import { exitCode, type CheckReport } from '../../checks/summary.ts';
import { unchecked } from '../../checks/unchecked.ts';
import { toError } from '../../errors.ts';
import { refuseExisting, writeResultFile } from '../../files/publish.ts';
import { openNetwork } from '../../org/http.ts';
import { verify } from '../../probes/verify.ts';
import { listChecks, renderCheckList, type CheckList } from '../../render/check-list.ts';
import { renderDiagnosis } from '../../render/diagnosis.ts';
import { renderVerification, resultFormats, verified, type VerifiedOrg } from '../../render/verification.ts';
import { circumstances } from '../../terminal/circumstances.ts';
import { exitCodes, networkVariables } from '../../terminal/help.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'verify');
const summary = (flag: string): string => messages.getMessage(`flags.${flag}.summary`);
const description = (flag: string): string => messages.getMessage(`flags.${flag}.description`);

/** The findings; those of each org with `--all` or several orgs; with `--list` the checks. */
export type AquilaVerifyResult = CheckReport | { passed: boolean; orgs: VerifiedOrg[] } | CheckList;

export default class AquilaVerify extends SfCommand<AquilaVerifyResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.string({
      char: 'o',
      summary: summary('target-org'),
      multiple: true,
      multipleNonGreedy: true,
      exclusive: ['all'],
    }),
    all: Flags.boolean({ summary: summary('all') }),
    'admin-org': Flags.string({ summary: summary('admin-org') }),
    'certificate-file': Flags.file({
      summary: summary('certificate-file'),
      description: description('certificate-file'),
    }),
    only: Flags.string({ summary: summary('only'), description: description('only'), multiple: true, delimiter: ',' }),
    skip: Flags.string({ summary: summary('skip'), description: description('skip'), multiple: true, delimiter: ',' }),
    'warn-days': Flags.integer({ summary: summary('warn-days'), default: 60, min: 0 }),
    'fail-on': Flags.option({
      summary: summary('fail-on'),
      options: ['fail', 'warn'] as const,
      default: 'fail' as const,
    })(),
    wait: Flags.integer({ summary: summary('wait'), description: description('wait'), default: 0, min: 0, max: 120 }),
    concise: Flags.boolean({ summary: summary('concise'), exclusive: ['verbose'] }),
    verbose: Flags.boolean({ summary: summary('verbose') }),
    'result-format': Flags.option({
      summary: summary('result-format'),
      options: resultFormats,
      default: 'human' as const,
    })(),
    'report-file': Flags.string({ summary: summary('report-file'), description: description('report-file') }),
    list: Flags.boolean({ summary: summary('list') }),
  };

  public static override readonly envVariablesSection = networkVariables;
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<AquilaVerifyResult> {
    const { flags } = await this.parse(AquilaVerify);
    const { stdout } = process;
    const columns = Math.min(stdout.columns || 80, 100);
    if (flags.list) {
      const list = listChecks(verifyChecks);
      this.log(renderCheckList(list, columns));
      return list;
    }
    const selection = selectChecks(verifyChecks, { only: flags.only ?? [], skip: flags.skip ?? [] });
    if ('problem' in selection) throw toError(selection.problem);
    const reportFile = flags['report-file'];
    // Before a run that may take an hour, so that its diagnosis is not lost.
    if (reportFile !== undefined) refuseExisting(reportFile);
    const { orgs, several } = await verify({
      targetOrgs: flags['target-org'] ?? [],
      ...{ all: flags.all, adminOrg: flags['admin-org'], certificateFile: flags['certificate-file'], selection },
      ...{ warnDays: flags['warn-days'], wait: flags.wait, platform: process.platform },
      network: openNetwork(process.env, () => new Date()),
      onWait: ({ name, minutes }) => this.logToStderr(messages.getMessage('waiting', [name, minutes])),
    });
    const { concise, verbose, 'fail-on': failOn, 'result-format': format } = flags;
    const colour = stdout.isTTY && stdout.hasColors();
    const view = { columns, terminal: stdout.isTTY, colour, concise, verbose, failOn, now: new Date() };
    this.log(renderVerification(orgs, { several, format }, view));
    if (reportFile !== undefined) {
      const text = renderDiagnosis({ orgs, ...circumstances(this.config) });
      this.logToStderr(messages.getMessage('report-file.written', [await writeResultFile(reportFile, text)]));
    }
    const reports = orgs.map((org) => ('report' in org ? org.report : unchecked(org.problem)));
    process.exitCode = reports.some((report) => exitCode(report, failOn) === 1) ? 1 : 0;
    const [only] = reports;
    return several || !only ? verified(orgs, reports) : only;
  }
}
