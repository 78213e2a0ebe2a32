import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import type { ImportedCertificate } from '../../../cert/imported-files.ts';
import { importWarnings, renderImport } from '../../../render/certificate-import.ts';
import { importCertificate } from '../../../setup/import-certificate.ts';
import { exitCodes } from '../../../terminal/help.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'cert.import');

export type CertImportResult = ImportedCertificate;

export default class CertImport extends SfCommand<CertImportResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'certificate-file': Flags.string({
      summary: messages.getMessage('flags.certificate-file.summary'),
      required: true,
    }),
    'key-file': Flags.string({
      summary: messages.getMessage('flags.key-file.summary'),
      description: messages.getMessage('flags.key-file.description'),
    }),
    'chain-file': Flags.string({ summary: messages.getMessage('flags.chain-file.summary') }),
    'output-dir': Flags.directory({ char: 'd', summary: messages.getMessage('flags.output-dir.summary') }),
    force: Flags.boolean({ summary: messages.getMessage('flags.force.summary') }),
  };

  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<CertImportResult> {
    const { flags } = await this.parse(CertImport);
    const { result, keyFile, chain, written, earlierChain } = await importCertificate({
      certificateFile: flags['certificate-file'],
      chainFile: flags['chain-file'],
      keyFile: flags['key-file'],
      directory: flags['output-dir'],
      force: flags.force,
      now: new Date(),
    });
    for (const line of renderImport(result, { keyFile, isUnchanged: written.length === 0 })) this.log(line);
    for (const warning of importWarnings(result, { chain, earlierChain })) this.warn(warning);
    return result;
  }
}
