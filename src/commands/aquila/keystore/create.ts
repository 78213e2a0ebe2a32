import { Messages } from '@salesforce/core';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { dirname } from 'node:path';
import { keystoreFileNames, keystoreTypes, secretsOf } from '../../../cert/file-set.ts';
import { openToGit } from '../../../files/git-ignore.ts';
import type { CreatedKeystores } from '../../../keystore/choice.ts';
import { gitWarnings } from '../../../render/certificate.ts';
import { keystoreWarnings, renderKeystores } from '../../../render/keystore.ts';
import { createKeystores } from '../../../setup/create-keystores.ts';
import { canAsk } from '../../../terminal/ask.ts';
import {
  keystorePassword,
  keystorePasswordVariable,
  newKeystorePassword,
} from '../../../terminal/keystore-password.ts';
import { exitCodes } from '../../../terminal/help.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'keystore.create');

export type KeystoreCreateResult = CreatedKeystores;

export default class KeystoreCreate extends SfCommand<KeystoreCreateResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'key-file': Flags.string({ summary: messages.getMessage('flags.key-file.summary'), required: true }),
    'certificate-file': Flags.string({
      summary: messages.getMessage('flags.certificate-file.summary'),
      description: messages.getMessage('flags.certificate-file.description'),
    }),
    'chain-file': Flags.string({ summary: messages.getMessage('flags.chain-file.summary') }),
    type: Flags.option({
      summary: messages.getMessage('flags.type.summary'),
      description: messages.getMessage('flags.type.description'),
      options: keystoreTypes,
      multiple: true,
      required: true,
    })(),
    alias: Flags.string({
      summary: messages.getMessage('flags.alias.summary'),
      description: messages.getMessage('flags.alias.description'),
    }),
    'keystore-password-file': Flags.string({
      summary: messages.getMessage('flags.keystore-password-file.summary'),
      description: messages.getMessage('flags.keystore-password-file.description'),
    }),
    'output-dir': Flags.directory({ char: 'd', summary: messages.getMessage('flags.output-dir.summary') }),
    compat: Flags.boolean({
      summary: messages.getMessage('flags.compat.summary'),
      description: messages.getMessage('flags.compat.description'),
    }),
    force: Flags.boolean({ summary: messages.getMessage('flags.force.summary') }),
    'no-prompt': Flags.boolean({ summary: messages.getMessage('flags.no-prompt.summary') }),
  };

  public static override readonly envVariablesSection = toHelpSection('ENVIRONMENT VARIABLES', {
    [keystorePasswordVariable]: messages.getMessage('env.SF_AQUILA_KEYSTORE_PASSWORD'),
  });
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<KeystoreCreateResult> {
    const { flags } = await this.parse(KeystoreCreate);
    const file = flags['keystore-password-file'];
    const sources = { file, canAsk: canAsk({ json: this.jsonEnabled(), noPrompt: flags['no-prompt'] }) };
    const request = {
      keyFile: flags['key-file'],
      certificateFile: flags['certificate-file'],
      chainFile: flags['chain-file'],
      types: flags.type,
      alias: flags.alias,
      compat: flags.compat,
      directory: flags['output-dir'],
      force: flags.force,
      now: new Date(),
    };
    const creation = await createKeystores(request, {
      new: async () => newKeystorePassword(sources),
      of: async (keystore) => keystorePassword(keystore, sources),
    });
    const { result } = creation;
    for (const line of renderKeystores(result)) this.log(line);
    const directory = dirname(result.files.jks ?? result.files.pkcs12 ?? '');
    const open = await openToGit(directory, secretsOf(keystoreFileNames(flags.type)));
    for (const warning of [...keystoreWarnings(result, creation), ...gitWarnings(open)]) this.warn(warning);
    return result;
  }
}
