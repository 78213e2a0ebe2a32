import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { deployRefusalRows } from '../../app/deploy-refusal-rows.ts';
import { fillFix } from '../../checks/fix.ts';
import { aquilaError } from '../../errors.ts';
import { readText } from '../../files/read-text.ts';
import { renderExplanations } from '../../render/explanation.ts';
import { askText, canAsk } from '../../terminal/ask.ts';
import { exitCodes } from '../../terminal/help.ts';
import { explainText, type Explanation } from '../../token/explain/explain.ts';
import { holdsSecret } from '../../token/explain/secrets.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'explain');

export type AquilaExplainResult = { matches: Explanation[] };

export default class AquilaExplain extends SfCommand<AquilaExplainResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    text: Flags.string({ char: 't', summary: messages.getMessage('flags.text.summary'), exclusive: ['file'] }),
    file: Flags.string({
      char: 'f',
      summary: messages.getMessage('flags.file.summary'),
      description: messages.getMessage('flags.file.description'),
    }),
  };

  public static override readonly errorCodes = exitCodes((code) => messages.getMessage(`exit.${code}`));

  public async run(): Promise<AquilaExplainResult> {
    const { flags } = await this.parse(AquilaExplain);
    const text = flags.text ?? (flags.file === undefined ? await this.askForText() : await readText(flags.file));
    const matches = explainText(text, { deployRows: deployRefusalRows, fill: (fix) => fillFix(fix, {}) });
    const columns = Math.min(process.stdout.columns || 80, 100);
    this.log(renderExplanations(matches, { columns, severalLines: text.trim().includes('\n') }));
    if (holdsSecret(text)) this.warn(messages.getMessage('secret'));
    process.exitCode = matches.length === 0 ? 1 : 0;
    return { matches };
  }

  /** @throws ExplainTextMissing where nobody can be asked */
  private async askForText(): Promise<string> {
    if (!canAsk({ json: this.jsonEnabled(), noPrompt: false })) throw aquilaError('ExplainTextMissing');
    return askText({ message: messages.getMessage('question') });
  }
}
