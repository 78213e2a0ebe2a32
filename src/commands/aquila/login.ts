import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { openNetwork } from '../../org/http.ts';
import { redactLogin, type LoginResult } from '../../render/login.ts';
import { login } from '../../setup/login.ts';
import { askInstanceUrl, canAsk } from '../../terminal/ask.ts';
import { exitCodes, networkVariables } from '../../terminal/help.ts';

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

  public static override readonly envVariablesSection = networkVariables;
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

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
