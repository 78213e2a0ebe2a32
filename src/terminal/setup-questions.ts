import { Messages } from '@salesforce/core/messages';
import { keystoreTypes, type KeystoreType } from '../cert/file-set.ts';
import type { Subject } from '../cert/subject.ts';
import { aquilaError, didYouMean } from '../errors.ts';
import { keyPathDoubt } from '../handover/fields.ts';
import { askChoice, askContactEmail, askText, confirm } from './ask.ts';
import { askSubject } from './subject.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'setup');

type Login = { username: string; alias: string | undefined; instanceUrl: string | undefined; isDefault: boolean };
type User = { username: string; name: string; profile: string | undefined };

/** More than these on a screen help nobody. */
const mostChoices = 20;

/**
 * What `sf aquila setup` asks where no flag says it.
 *
 * @throws QuestionDeclined on Ctrl-C
 */
export const setupQuestions = {
  /** @throws LoginMissing where there is none to choose from */
  org: async (logins: readonly Login[]): Promise<string> => {
    const [only] = logins;
    if (!only) throw aquilaError('LoginMissing');
    if (logins.length === 1) {
      const { username, instanceUrl = '' } = only;
      const org = [nameOf(only), ...(nameOf(only) === username ? [] : [username]), instanceUrl].join(', ');
      process.stderr.write(`${messages.getMessage('question.org.only', [org])}\n`);
      return nameOf(only);
    }
    const lines = logins.map((login) => {
      const { alias, username, instanceUrl = '', isDefault } = login;
      const note = isDefault ? `, ${messages.getMessage('question.org.default')}` : '';
      return `${alias === undefined ? '' : `${alias}: `}${username}${note}\n       ${instanceUrl}`;
    });
    return nameOf(logins[await askChoice(messages.getMessage('question.org'), lines)] ?? only);
  },

  user: async (search: (text: string) => Promise<User[]>, admin: string): Promise<string> => {
    process.stderr.write(`${messages.getMessage('question.user.intro')}\n`);
    for (;;) {
      const text = await askText({ message: messages.getMessage('question.user.search') });
      const found = await search(text);
      if (found.length === 0) process.stderr.write(`${messages.getMessage('question.user.none', [admin])}\n`);
      else if (found.length > mostChoices) process.stderr.write(`${messages.getMessage('question.user.many')}\n`);
      else {
        const lines = found.map(({ username, name, profile }) =>
          [username, [name, profile].filter((one) => one !== undefined && one !== '').join(', ')].join('\n       ')
        );
        const chosen = found[await askChoice(undefined, lines, messages.getMessage('question.user.choose'))];
        if (chosen) return chosen.username;
      }
    }
  },

  contactEmail: (): Promise<string> => askContactEmail(messages.getMessage('question.contact-email')),

  permissionSet: async (proposed: string, names: readonly string[]): Promise<string | undefined> => {
    const known = names.filter((name) => name !== proposed);
    const others =
      known.length > mostChoices ? [messages.getMessage('question.permission-set.other', [known.length])] : known;
    const lines = [messages.getMessage('question.permission-set.new', [proposed]), ...others];
    const chosen = await askChoice(messages.getMessage('question.permission-set'), lines);
    if (chosen === 0) return undefined;
    return others === known ? known[chosen - 1] : askPermissionSet(known);
  },

  subject: (): Promise<Subject> => askSubject(),

  keystores: async (): Promise<readonly KeystoreType[]> => {
    const choices: ReadonlyArray<readonly KeystoreType[]> = [[], ['p12'], ['jks'], keystoreTypes];
    const lines = ['none', 'p12', 'jks', 'both'].map((one) => messages.getMessage(`question.keystore.${one}`));
    return choices[await askChoice(messages.getMessage('question.keystore'), lines)] ?? [];
  },

  keyPath: async (): Promise<string | undefined> => {
    const check = (path: string): string | undefined => (path === '' ? undefined : keyPathDoubt(path));
    const path = await askText({ message: messages.getMessage('question.key-path'), check });
    return path === '' ? undefined : path;
  },

  clientId: (app: string): Promise<string> => askText({ message: messages.getMessage('question.client-id', [app]) }),
};

async function askPermissionSet(known: readonly string[]): Promise<string> {
  const isKnown = (name: string): boolean => known.some((one) => one.toLowerCase() === name.toLowerCase());
  return askText({
    message: messages.getMessage('question.permission-set.name'),
    check: (name) =>
      isKnown(name) ? undefined : (didYouMean(name, known) ?? messages.getMessage('question.permission-set.none')),
  });
}

/**
 * The one question before anything is changed.
 *
 * @param losing whose login of another command is replaced
 * @throws QuestionDeclined on Ctrl-C
 */
export const askToGoAhead = (losing: string | undefined): Promise<boolean> =>
  confirm(
    losing === undefined ? messages.getMessage('question.go') : messages.getMessage('question.go.login', [losing])
  );

const nameOf = ({ alias, username }: Login): string => alias ?? username;
