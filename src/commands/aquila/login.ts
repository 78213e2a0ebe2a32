import { Messages } from '@salesforce/core';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { openNetwork } from '../../org/http.ts';
import { redactLogin, type LoginResult } from '../../render/login.ts';
import { login } from '../../setup/login.ts';
import { askInstanceUrl, canAsk } from '../../terminal/ask.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'login');

export type AquilaLoginResult = LoginResult;

export default class AquilaLogin extends SfCommand<AquilaLoginResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    username: Flags.string({
      // The letter of sf org login jwt.
      char: 'o',
      summary: messages.getMessage('flags.username.summary'),
      required: true,
    }),
    'jwt-key-file': Flags.file({
      char: 'f',
      summary: messages.getMessage('flags.jwt-key-file.summary'),
      required: true,
    }),
    'client-id': Flags.string({
      char: 'i',
      summary: messages.getMessage('flags.client-id.summary'),
      required: true,
    }),
    'instance-url': Flags.string({
      char: 'r',
      summary: messages.getMessage('flags.instance-url.summary'),
      description: messages.getMessage('flags.instance-url.description'),
    }),
    audience: Flags.string({
      summary: messages.getMessage('flags.audience.summary'),
      description: messages.getMessage('flags.audience.description'),
    }),
    alias: Flags.string({ char: 'a', summary: messages.getMessage('flags.alias.summary') }),
    'set-default': Flags.boolean({ char: 's', summary: messages.getMessage('flags.set-default.summary') }),
    'set-default-dev-hub': Flags.boolean({
      char: 'd',
      summary: messages.getMessage('flags.set-default-dev-hub.summary'),
    }),
    'no-prompt': Flags.boolean({ char: 'p', summary: messages.getMessage('flags.no-prompt.summary') }),
  };

  public static override readonly envVariablesSection = toHelpSection('ENVIRONMENT VARIABLES', {
    SF_AQUILA_HTTP_TIMEOUT: messages.getMessage('env.SF_AQUILA_HTTP_TIMEOUT'),
    HTTPS_PROXY: messages.getMessage('env.HTTPS_PROXY'),
    NO_PROXY: messages.getMessage('env.NO_PROXY'),
  });
  public static override readonly errorCodes = toHelpSection('EXIT CODES', {
    '0': messages.getMessage('exit.0'),
    '1': messages.getMessage('exit.1'),
    '2': messages.getMessage('exit.2'),
    '130': messages.getMessage('exit.130'),
  });

  public async run(): Promise<AquilaLoginResult> {
    const { flags } = await this.parse(AquilaLogin);
    const asks = canAsk({ json: this.jsonEnabled(), noPrompt: flags['no-prompt'] });
    const fields = await login(
      {
        username: flags.username,
        clientId: flags['client-id'],
        keyFile: flags['jwt-key-file'],
        instanceUrl: flags['instance-url'],
        audience: flags.audience,
        alias: flags.alias,
        setDefault: flags['set-default'],
        setDefaultDevHub: flags['set-default-dev-hub'],
      },
      openNetwork(process.env, () => new Date()),
      asks ? askInstanceUrl : undefined
    );
    this.logSuccess(messages.getMessage('success', [flags.username, fields.orgId ?? '']));
    this.log(messages.getMessage('next', [flags.alias ?? flags.username]));
    return redactLogin(fields);
  }
}
