import { Messages } from '@salesforce/core/messages';
import { SfError } from '@salesforce/core/sfError';
import { checkAttribute, defaultSubject, subjectKeys, type Subject, type SubjectKey } from '../cert/subject.ts';
import { askText } from './ask.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'terminal');

/**
 * Asks for each attribute of a subject, as `openssl req` does; Enter leaves one out.
 *
 * @returns `defaultSubject` if all were left out
 * @throws QuestionDeclined
 */
export async function askSubject(): Promise<Subject> {
  process.stderr.write(`${messages.getMessage('subject.intro')}\n`);
  const subject: Subject = [];
  for (const key of subjectKeys) {
    const value = await askText({
      message: messages.getMessage(`subject.${key}`),
      check: (text) => refusal(key, text),
    });
    if (value !== '') subject.push(checkAttribute({ key, value }));
  }
  return subject.length === 0 ? defaultSubject : subject;
}

function refusal(key: SubjectKey, value: string): string | undefined {
  if (value === '') return undefined;
  try {
    checkAttribute({ key, value });
    return undefined;
  } catch (error) {
    if (error instanceof SfError) return error.message;
    throw error;
  }
}
