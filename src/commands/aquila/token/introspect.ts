import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { openNetwork } from '../../../org/http.ts';
import { renderIntrospection } from '../../../render/token-introspection.ts';
import { introspectionMethods, introspectToken, type TokenIntrospection } from '../../../setup/token-introspection.ts';
import { canAsk } from '../../../terminal/ask.ts';
import { optionalClientSecret } from '../../../terminal/client-secret.ts';
import { givenToken } from '../../../terminal/given-token.ts';
import { exitCodes, networkVariables } from '../../../terminal/help.ts';
import { requireOneStandardInput } from '../../../terminal/passphrase.ts';
import { tokenFileFlags } from '../../../terminal/token-flags.ts';
import { tokenKinds } from '../../../token/given-token.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'token.introspect');

export type TokenIntrospectResult = TokenIntrospection;

export default class TokenIntrospect extends SfCommand<TokenIntrospectResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.string({ char: 'o', summary: messages.getMessage('flags.target-org.summary') }),
    ...tokenFileFlags,
    type: Flags.option({ summary: messages.getMessage('flags.type.summary'), options: tokenKinds })(),
    'client-id': Flags.string({ char: 'i', summary: messages.getMessage('flags.client-id.summary') }),
    'client-secret-file': Flags.string({ summary: messages.getMessage('flags.client-secret-file.summary') }),
    'client-authentication': Flags.option({
      summary: messages.getMessage('flags.client-authentication.summary'),
      options: introspectionMethods,
      default: 'client_secret_post' as const,
    })(),
    'no-prompt': Flags.boolean({ char: 'p', summary: messages.getMessage('flags.no-prompt.summary') }),
  };

  public static override readonly envVariablesSection = networkVariables;
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<TokenIntrospectResult> {
    const { flags } = await this.parse(TokenIntrospect);
    const asks = canAsk({ json: this.jsonEnabled(), noPrompt: flags['no-prompt'] });
    const secretFile = flags['client-secret-file'];
    requireOneStandardInput(flags['token-file'], secretFile);
    const given = await givenToken(flags['token-file'], flags.type, asks);
    const result = await introspectToken(
      {
        targetOrg: flags['target-org'],
        given,
        instanceUrl: flags['instance-url'],
        kind: flags.type,
        clientId: flags['client-id'],
        method: flags['client-authentication'],
        secret: optionalClientSecret(secretFile, asks),
      },
      openNetwork(process.env, () => new Date())
    );
    const screen = { columns: Math.min(process.stdout.columns || 80, 100), now: new Date() };
    this.log(renderIntrospection(result, given?.kind ?? flags.type, screen));
    process.exitCode = result.active ? 0 : 1;
    return result;
  }
}
