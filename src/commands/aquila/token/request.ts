import { setTimeout } from 'node:timers/promises';
import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { openNetwork } from '../../../org/http.ts';
import { watchedNetwork } from '../../../org/watched-network.ts';
import { exchangeWatcher } from '../../../render/exchange.ts';
import { renderToken, rotationText, tokenResult, unrenewedText, type TokenResult } from '../../../render/token.ts';
import { requestGrant } from '../../../setup/token-request.ts';
import { canAsk } from '../../../terminal/ask.ts';
import { browserNames, visitor } from '../../../terminal/browser.ts';
import { exitCodes, networkVariables } from '../../../terminal/help.ts';
import { secretSource } from '../../../terminal/token-secrets.ts';
import { clientAuthenticationMethods } from '../../../token/client-authentication.ts';
import { discouragedGrants, grantNames, ingredientsOf, subjectTokenTypes } from '../../../token/grants.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'token.request');

const summary = (flag: string): string => messages.getMessage(`flags.${flag}.summary`);

export type TokenRequestResult = TokenResult;

export default class TokenRequest extends SfCommand<TokenRequestResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    grant: Flags.option({ summary: summary('grant'), options: grantNames, required: true })(),
    'target-org': Flags.string({ char: 'o', summary: summary('target-org') }),
    'instance-url': Flags.string({ char: 'r', summary: summary('instance-url') }),
    'client-id': Flags.string({ char: 'i', summary: summary('client-id') }),
    username: Flags.string({ summary: summary('username') }),
    'jwt-key-file': Flags.file({ char: 'f', summary: summary('jwt-key-file') }),
    'certificate-file': Flags.file({ summary: summary('certificate-file') }),
    audience: Flags.string({ summary: summary('audience') }),
    scope: Flags.string({ summary: summary('scope'), multiple: true, multipleNonGreedy: true }),
    'callback-url': Flags.string({ summary: summary('callback-url') }),
    browser: Flags.option({ char: 'b', summary: summary('browser'), options: browserNames })(),
    'client-authentication': Flags.option({
      summary: summary('client-authentication'),
      options: clientAuthenticationMethods,
    })(),
    'client-secret-file': Flags.string({ summary: summary('client-secret-file') }),
    'password-file': Flags.string({ summary: summary('password-file') }),
    'refresh-token-file': Flags.string({ summary: summary('refresh-token-file') }),
    'assertion-file': Flags.string({ summary: summary('assertion-file') }),
    'subject-token-file': Flags.string({ summary: summary('subject-token-file') }),
    'actor-token-file': Flags.string({ summary: summary('actor-token-file') }),
    'token-handler': Flags.string({ summary: summary('token-handler') }),
    'subject-token-type': Flags.option({ summary: summary('subject-token-type'), options: subjectTokenTypes })(),
    explain: Flags.boolean({ summary: summary('explain') }),
    save: Flags.boolean({ summary: summary('save') }),
    alias: Flags.string({ char: 'a', summary: summary('alias'), relationships: [{ type: 'all', flags: ['save'] }] }),
    'no-prompt': Flags.boolean({ char: 'p', summary: summary('no-prompt') }),
  };

  public static override readonly envVariablesSection = networkVariables;
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<TokenRequestResult> {
    const { flags } = await this.parse(TokenRequest);
    if (discouragedGrants.includes(flags.grant)) this.warn(messages.getMessage(`warning.${flags.grant}`));
    const network = openNetwork(process.env, () => new Date());
    const say = (text: string): void => void process.stderr.write(text);
    const machine = { platform: process.platform, environment: process.env };
    const watcher = flags.explain ? exchangeWatcher(say, Math.min(process.stderr.columns || 80, 100)) : undefined;
    const given = ingredientsOf(flags);
    const granted = await requestGrant(
      {
        grant: flags.grant,
        targetOrg: flags['target-org'],
        instanceUrl: flags['instance-url'],
        given,
        save: flags.save ? { alias: flags.alias } : undefined,
        secret: secretSource(given, canAsk({ json: this.jsonEnabled(), noPrompt: flags['no-prompt'] })),
      },
      {
        network: watcher ? watchedNetwork(network, watcher) : network,
        watcher,
        person: visitor({ browser: flags.browser, machine, say }),
        pause: setTimeout,
      }
    );
    const result = tokenResult(granted);
    this.log(renderToken(granted.endpoint.host, result));
    const replaced = rotationText(granted.rotation);
    if (replaced !== undefined) this.warn(replaced);
    if (result.saved?.renewedBy === 'nothing') this.warn(unrenewedText(result.grant));
    if (result.saved) this.logSuccess(`\n${messages.getMessage('saved', [result.saved.username])}`);
    if (result.saved) this.log(messages.getMessage('next', [result.saved.alias ?? result.saved.username]));
    return result;
  }
}
