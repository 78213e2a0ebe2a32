import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { verifyChecks } from '../../checks/doors.ts';
import { selectChecks } from '../../checks/select.ts';
import { exitCode, type CheckReport } from '../../checks/summary.ts';
import { toError } from '../../errors.ts';
import { openNetwork } from '../../org/http.ts';
import { resolveLogin } from '../../org/stored-logins.ts';
import { diagnose } from '../../probes/diagnose.ts';
import { listChecks, renderCheckList, type CheckList } from '../../render/check-list.ts';
import { renderChecks } from '../../render/checks.ts';
import { exitCodes, networkVariables } from '../../terminal/help.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'verify');

/** The findings; with `--list` the checks. */
export type AquilaVerifyResult = CheckReport | CheckList;

export default class AquilaVerify extends SfCommand<AquilaVerifyResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.string({ char: 'o', summary: messages.getMessage('flags.target-org.summary') }),
    'certificate-file': Flags.file({
      summary: messages.getMessage('flags.certificate-file.summary'),
      description: messages.getMessage('flags.certificate-file.description'),
    }),
    only: Flags.string({
      summary: messages.getMessage('flags.only.summary'),
      description: messages.getMessage('flags.only.description'),
      multiple: true,
      delimiter: ',',
    }),
    skip: Flags.string({
      summary: messages.getMessage('flags.skip.summary'),
      description: messages.getMessage('flags.skip.description'),
      multiple: true,
      delimiter: ',',
    }),
    'warn-days': Flags.integer({ summary: messages.getMessage('flags.warn-days.summary'), default: 60, min: 0 }),
    'fail-on': Flags.option({
      summary: messages.getMessage('flags.fail-on.summary'),
      options: ['fail', 'warn'] as const,
      default: 'fail' as const,
    })(),
    concise: Flags.boolean({ summary: messages.getMessage('flags.concise.summary'), exclusive: ['verbose'] }),
    verbose: Flags.boolean({ summary: messages.getMessage('flags.verbose.summary') }),
    list: Flags.boolean({ summary: messages.getMessage('flags.list.summary') }),
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
    const result = await diagnose({
      login: await resolveLogin(flags['target-org']),
      selection,
      network: openNetwork(process.env, () => new Date()),
      warnDays: flags['warn-days'],
      certificateFile: flags['certificate-file'],
      platform: process.platform,
    });
    const { concise, verbose } = flags;
    const colour = stdout.isTTY && stdout.hasColors();
    this.log(
      renderChecks(result.checks, result.summary, { columns, terminal: stdout.isTTY, colour, concise, verbose })
    );
    process.exitCode = exitCode(result, flags['fail-on']);
    return result;
  }
}
