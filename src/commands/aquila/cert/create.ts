import { Messages } from '@salesforce/core';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { allFileNames, fileNames, keystoreTypes, secretsOf, type NewKeyPair } from '../../../cert/file-set.ts';
import { defaultSubject, parseSubject } from '../../../cert/subject.ts';
import { openToGit } from '../../../files/git-ignore.ts';
import { takenNames } from '../../../files/publish.ts';
import { keyPairWarnings, renderKeyPair } from '../../../render/certificate.ts';
import { makeKeyPair } from '../../../setup/new-key-pair.ts';
import { canAsk } from '../../../terminal/ask.ts';
import { keystorePasswordVariable, newKeystoreChoice } from '../../../terminal/keystore-password.ts';
import { keyPassphraseVariable, newPassphrase, requireOneStandardInput } from '../../../terminal/passphrase.ts';
import { askSubject } from '../../../terminal/subject.ts';
import { exitCodes } from '../../../terminal/help.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'cert.create');

export type CertCreateResult = NewKeyPair;

export default class CertCreate extends SfCommand<CertCreateResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'output-dir': Flags.directory({
      char: 'd',
      summary: messages.getMessage('flags.output-dir.summary'),
      default: '.',
    }),
    name: Flags.string({ summary: messages.getMessage('flags.name.summary'), default: 'server' }),
    'key-size': Flags.option({
      summary: messages.getMessage('flags.key-size.summary'),
      options: ['2048', '3072', '4096'] as const,
      default: '2048' as const,
    })(),
    days: Flags.integer({ summary: messages.getMessage('flags.days.summary'), min: 1, max: 36_500, default: 365 }),
    subject: Flags.string({
      summary: messages.getMessage('flags.subject.summary'),
      description: messages.getMessage('flags.subject.description'),
    }),
    'passphrase-file': Flags.string({
      summary: messages.getMessage('flags.passphrase-file.summary'),
      description: messages.getMessage('flags.passphrase-file.description'),
    }),
    'no-pem': Flags.boolean({ summary: messages.getMessage('flags.no-pem.summary') }),
    'encrypted-only': Flags.boolean({
      summary: messages.getMessage('flags.encrypted-only.summary'),
      description: messages.getMessage('flags.encrypted-only.description'),
    }),
    keystore: Flags.option({
      summary: messages.getMessage('flags.keystore.summary'),
      description: messages.getMessage('flags.keystore.description'),
      options: keystoreTypes,
      multiple: true,
    })(),
    alias: Flags.string({
      summary: messages.getMessage('flags.alias.summary'),
      description: messages.getMessage('flags.alias.description'),
      dependsOn: ['keystore'],
    }),
    'keystore-password-file': Flags.string({
      summary: messages.getMessage('flags.keystore-password-file.summary'),
      description: messages.getMessage('flags.keystore-password-file.description'),
      dependsOn: ['keystore'],
    }),
    compat: Flags.boolean({
      summary: messages.getMessage('flags.compat.summary'),
      description: messages.getMessage('flags.compat.description'),
      dependsOn: ['keystore'],
    }),
    force: Flags.boolean({ summary: messages.getMessage('flags.force.summary') }),
    'no-prompt': Flags.boolean({ summary: messages.getMessage('flags.no-prompt.summary') }),
  };

  public static override readonly envVariablesSection = toHelpSection('ENVIRONMENT VARIABLES', {
    [keyPassphraseVariable]: messages.getMessage('env.SF_AQUILA_KEY_PASSPHRASE'),
    [keystorePasswordVariable]: messages.getMessage('env.SF_AQUILA_KEYSTORE_PASSWORD'),
  });
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<CertCreateResult> {
    const { flags } = await this.parse(CertCreate);
    const { name, force, days, 'output-dir': directory, 'encrypted-only': encryptedOnly } = flags;
    const { keystore: types, alias, compat, 'keystore-password-file': passwordFile } = flags;
    const mayAsk = canAsk({ json: this.jsonEnabled(), noPrompt: flags['no-prompt'] });
    const given = flags.subject === undefined ? undefined : parseSubject(flags.subject);
    const taken = takenNames(directory, Object.values(allFileNames(name)), { force });
    const file = flags['passphrase-file'];
    requireOneStandardInput(file, passwordFile);
    const passphrase = await newPassphrase({ file, isNeeded: encryptedOnly, canAsk: mayAsk });
    const wish = { types, alias, name, compat, file: passwordFile, canAsk: mayAsk };
    const keystores = await newKeystoreChoice(wish);
    const subject = given ?? (mayAsk ? await askSubject() : defaultSubject);

    const encrypted = passphrase !== undefined;
    const names = fileNames({ name, pem: !flags['no-pem'], encrypted, encryptedOnly, keystores: types });
    const keyBits = Number(flags['key-size']);
    const now = new Date();
    const pair = await makeKeyPair({ directory, names, keyBits, days, subject, passphrase, keystores, force, now });

    for (const line of renderKeyPair(pair, subject === defaultSubject)) this.log(line);
    const stale = taken.filter((other) => !Object.values(names).includes(other));
    const around = { stale, openToGit: await openToGit(directory, secretsOf(names)) };
    for (const warning of keyPairWarnings(pair, around)) this.warn(warning);
    return pair;
  }
}
