import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { aquilaError } from '../../../errors.ts';
import { openNetwork } from '../../../org/http.ts';
import { renderRevocationPlan, renderRevoked } from '../../../render/token-revocation.ts';
import { planRevocation, revoke, type RevokedToken } from '../../../setup/token-revocation.ts';
import { canAsk, confirm } from '../../../terminal/ask.ts';
import { givenToken } from '../../../terminal/given-token.ts';
import { exitCodes, networkVariables } from '../../../terminal/help.ts';
import { tokenFileFlags } from '../../../terminal/token-flags.ts';
import { tokenKinds } from '../../../token/given-token.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'token.revoke');

export type TokenRevokeResult = RevokedToken;

export default class TokenRevoke extends SfCommand<TokenRevokeResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.string({ char: 'o', summary: messages.getMessage('flags.target-org.summary') }),
    ...tokenFileFlags,
    type: Flags.option({
      summary: messages.getMessage('flags.type.summary'),
      description: messages.getMessage('flags.type.description'),
      options: tokenKinds,
    })(),
    'no-prompt': Flags.boolean({ char: 'p', summary: messages.getMessage('flags.no-prompt.summary') }),
  };

  public static override readonly envVariablesSection = networkVariables;
  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<TokenRevokeResult> {
    const { flags } = await this.parse(TokenRevoke);
    const asks = canAsk({ json: this.jsonEnabled(), noPrompt: flags['no-prompt'] });
    const wish = {
      targetOrg: flags['target-org'],
      given: await givenToken(flags['token-file'], flags.type, asks),
      instanceUrl: flags['instance-url'],
      kind: flags.type,
    };
    const plan = await planRevocation(wish, asks);
    const { name, kind, instanceUrl } = plan.subject;
    const view = { name, kind, instanceUrl, delayed: plan.delayed, renewal: plan.renewal };
    const columns = Math.min(process.stdout.columns || 80, 100);
    if (!plan.isEmpty) {
      this.log(renderRevocationPlan(view, columns).join('\n'));
      if (asks && !(await confirm(messages.getMessage('question')))) throw aquilaError('QuestionDeclined');
    }
    const result = await revoke(
      plan,
      openNetwork(process.env, () => new Date())
    );
    const { revoked, forgotten } = result;
    const { isEmpty, loginAgain } = plan;
    this.log(renderRevoked({ ...view, revoked, isEmpty, forgotten, loginAgain }, columns).join('\n'));
    return result;
  }
}
