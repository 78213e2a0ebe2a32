import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { openNetwork } from '../../../org/http.ts';
import { renderTokenOwner } from '../../../render/token-owner.ts';
import { identityEndpoints, readTokenOwner, type TokenOwner } from '../../../setup/token-owner.ts';
import { canAsk } from '../../../terminal/ask.ts';
import { givenToken } from '../../../terminal/given-token.ts';
import { exitCodes, networkVariables } from '../../../terminal/help.ts';
import { tokenFileFlags } from '../../../terminal/token-flags.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'token.identity');

export type TokenIdentityResult = TokenOwner;

export default class TokenIdentity extends SfCommand<TokenIdentityResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.string({ char: 'o', summary: messages.getMessage('flags.target-org.summary') }),
    ...tokenFileFlags,
    endpoint: Flags.option({
      summary: messages.getMessage('flags.endpoint.summary'),
      description: messages.getMessage('flags.endpoint.description'),
      options: identityEndpoints,
      default: 'userinfo' as const,
    })(),
    'no-prompt': Flags.boolean({ char: 'p', summary: messages.getMessage('flags.no-prompt.summary') }),
  };

  public static override readonly envVariablesSection = networkVariables;
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<TokenIdentityResult> {
    const { flags } = await this.parse(TokenIdentity);
    const asks = canAsk({ json: this.jsonEnabled(), noPrompt: flags['no-prompt'] });
    const owner = await readTokenOwner(
      {
        targetOrg: flags['target-org'],
        given: await givenToken(flags['token-file'], 'access', asks),
        instanceUrl: flags['instance-url'],
        endpoint: flags.endpoint,
      },
      openNetwork(process.env, () => new Date())
    );
    this.log(renderTokenOwner(owner, Math.min(process.stdout.columns || 80, 100)));
    return owner;
  }
}
