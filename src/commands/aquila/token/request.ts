import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { openNetwork } from '../../../org/http.ts';
import { watchedNetwork } from '../../../org/watched-network.ts';
import { answerLines, requestLines } from '../../../render/exchange.ts';
import { renderToken, tokenResult, type TokenResult } from '../../../render/token.ts';
import { requestGrant } from '../../../setup/token-request.ts';
import { canAsk } from '../../../terminal/ask.ts';
import { exitCodes, networkVariables } from '../../../terminal/help.ts';
import { secretSource } from '../../../terminal/token-secrets.ts';
import { clientAuthenticationMethods } from '../../../token/client-authentication.ts';
import { grantNames } from '../../../token/grants.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'token.request');

export type TokenRequestResult = TokenResult;

export default class TokenRequest extends SfCommand<TokenRequestResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    grant: Flags.option({
      summary: messages.getMessage('flags.grant.summary'),
      options: grantNames,
      required: true,
    })(),
    'target-org': Flags.string({ char: 'o', summary: messages.getMessage('flags.target-org.summary') }),
    'instance-url': Flags.string({ char: 'r', summary: messages.getMessage('flags.instance-url.summary') }),
    audience: Flags.string({ summary: messages.getMessage('flags.audience.summary') }),
    'client-id': Flags.string({ char: 'i', summary: messages.getMessage('flags.client-id.summary') }),
    'client-secret-file': Flags.string({ summary: messages.getMessage('flags.client-secret-file.summary') }),
    'client-authentication': Flags.option({
      summary: messages.getMessage('flags.client-authentication.summary'),
      options: clientAuthenticationMethods,
    })(),
    username: Flags.string({ summary: messages.getMessage('flags.username.summary') }),
    'jwt-key-file': Flags.file({ char: 'f', summary: messages.getMessage('flags.jwt-key-file.summary') }),
    explain: Flags.boolean({ summary: messages.getMessage('flags.explain.summary') }),
    'no-prompt': Flags.boolean({ char: 'p', summary: messages.getMessage('flags.no-prompt.summary') }),
  };

  public static override readonly envVariablesSection = networkVariables;
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<TokenRequestResult> {
    const { flags, metadata } = await this.parse(TokenRequest);
    const network = openNetwork(process.env, () => new Date());
    const say = (lines: string[]): void => void process.stderr.write(`${lines.join('\n')}\n`);
    const watcher = {
      request: (request: Parameters<typeof requestLines>[0]) => say(requestLines(request)),
      answer: (answer: Parameters<typeof answerLines>[0]) => say(answerLines(answer)),
    };
    const granted = await requestGrant(
      {
        grant: flags.grant,
        targetOrg: flags['target-org'],
        instanceUrl: flags['instance-url'],
        audience: flags.audience,
        clientId: flags['client-id'],
        clientAuthentication: flags['client-authentication'],
        username: flags.username,
        keyFile: flags['jwt-key-file'],
        flags: Object.keys(flags).filter((name) => metadata.flags[name]?.setFromDefault !== true),
        secret: secretSource(
          { clientSecret: flags['client-secret-file'] },
          canAsk({ json: this.jsonEnabled(), noPrompt: flags['no-prompt'] })
        ),
      },
      flags.explain ? watchedNetwork(network, watcher) : network
    );
    const result = tokenResult(granted.grant, granted.response, granted.who);
    this.log(renderToken(granted.host, result));
    return result;
  }
}
