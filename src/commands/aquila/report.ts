import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { writeResultFile } from '../../files/publish.ts';
import { completeHandover, type HandoverFields } from '../../handover/fields.ts';
import { formatNames, inFormat } from '../../handover/formats/index.ts';
import { rememberKeyPath, resolveLogin } from '../../org/stored-logins.ts';
import { exitCodes } from '../../terminal/help.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'report');

export type AquilaReportResult = HandoverFields;

export default class AquilaReport extends SfCommand<AquilaReportResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.string({ char: 'o', summary: messages.getMessage('flags.target-org.summary') }),
    format: Flags.option({
      summary: messages.getMessage('flags.format.summary'),
      description: messages.getMessage('flags.format.description'),
      options: formatNames,
      default: 'aquila' as const,
    })(),
    'key-path': Flags.string({
      summary: messages.getMessage('flags.key-path.summary'),
      description: messages.getMessage('flags.key-path.description'),
    }),
    'output-file': Flags.file({ summary: messages.getMessage('flags.output-file.summary') }),
  };

  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<AquilaReportResult> {
    const { flags } = await this.parse(AquilaReport);
    const login = await resolveLogin(flags['target-org']);
    const keyPath = flags['key-path'];
    const { fields, keyPathIsLocal, doubts } = completeHandover(login, keyPath);
    const text = await inFormat(flags.format, fields, keyPathIsLocal);
    if (flags['output-file'] === undefined) this.log(text.trimEnd());
    else this.logSuccess(messages.getMessage('written', [await writeResultFile(flags['output-file'], text)]));
    if (keyPath !== undefined) await rememberKeyPath(login.username, keyPath);
    for (const doubt of doubts) this.warn(messages.getMessage('doubt', [doubt.text, doubt.fix]));
    return fields;
  }
}
