import { Messages } from '@salesforce/core';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { renderInspection } from '../../../render/inspection.ts';
import { inspectExitCode, inspectFiles, requireOneReader, type InspectedFiles } from '../../../setup/inspect-files.ts';
import { canAsk } from '../../../terminal/ask.ts';
import { keystorePassword, keystorePasswordVariable } from '../../../terminal/keystore-password.ts';
import { askPassphrase, givenPassphrase } from '../../../terminal/opening-secrets.ts';
import { keyPassphraseVariable } from '../../../terminal/passphrase.ts';
import { exitCodes } from '../../../terminal/help.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'cert.inspect');

export type CertInspectResult = InspectedFiles;

export default class CertInspect extends SfCommand<CertInspectResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    file: Flags.string({
      char: 'f',
      summary: messages.getMessage('flags.file.summary'),
      multiple: true,
      required: true,
    }),
    'passphrase-file': Flags.string({
      summary: messages.getMessage('flags.passphrase-file.summary'),
      description: messages.getMessage('flags.passphrase-file.description'),
    }),
    'keystore-password-file': Flags.string({
      summary: messages.getMessage('flags.keystore-password-file.summary'),
      description: messages.getMessage('flags.keystore-password-file.description'),
    }),
  };

  public static override readonly envVariablesSection = toHelpSection('ENVIRONMENT VARIABLES', {
    [keyPassphraseVariable]: messages.getMessage('env.SF_AQUILA_KEY_PASSPHRASE'),
    [keystorePasswordVariable]: messages.getMessage('env.SF_AQUILA_KEYSTORE_PASSWORD'),
  });
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<CertInspectResult> {
    const { flags } = await this.parse(CertInspect);
    const { file: files, 'passphrase-file': passphraseFile, 'keystore-password-file': passwordFile } = flags;
    requireOneReader({
      '--file': files,
      '--passphrase-file': [passphraseFile ?? ''],
      '--keystore-password-file': [passwordFile ?? ''],
    });
    const mayAsk = canAsk({ json: this.jsonEnabled(), noPrompt: false });
    const result = await inspectFiles({
      files,
      passphrase: await givenPassphrase(passphraseFile),
      keystorePassword: await keystorePassword('', { file: passwordFile, canAsk: false }),
      ask: mayAsk
        ? {
            passphrase: askPassphrase,
            keystorePassword: (file) => keystorePassword(file, { file: undefined, canAsk: true }),
          }
        : undefined,
      now: new Date(),
    });
    for (const line of renderInspection(result)) this.log(line);
    process.exitCode = inspectExitCode(result);
    return result;
  }
}
