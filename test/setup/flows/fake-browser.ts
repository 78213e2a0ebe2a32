import { example, type Emulator } from '../../emulator/index.ts';
import { send, type Answered } from '../../emulator/test-client.ts';
import { visit, type Visit } from '../../org/callback/visitor.ts';

/** What a person does with the consent form. */
export type Person = { username?: string; decision?: 'approve' | 'deny' };

const urlencoded = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** Answers a form of the org, with its fields as the page has them. */
const answerForm = (
  emulator: Emulator,
  path: string,
  fields: Iterable<[string, string]>,
  { username = example.username, decision = 'approve' }: Person
): Promise<Answered> =>
  send(emulator, path, {
    ...{ method: 'POST', headers: urlencoded },
    body: new URLSearchParams([...fields, ['username', username], ['decision', decision]]).toString(),
  });

/** Opens the page of the org, answers it, and says where the org sends the browser then: the callback URL with its answer. */
export async function answerAt(emulator: Emulator, url: string, person: Person = {}): Promise<string> {
  const { pathname, searchParams } = new URL(url);
  const { status, headers, body } = await answerForm(emulator, pathname, searchParams, person);
  if (status !== 302) throw new Error(`the org sends the browser nowhere: ${body}`);
  return headers.location ?? '';
}

/** Brings the answer to the callback URL, and hands a fragment over as the script of the page there does. */
export async function bring(location: string): Promise<Visit> {
  const page = await visit(location);
  const handOver = /"x-hand-over": "([^"]+)"/.exec(page.body)?.[1];
  if (handOver === undefined) return page;
  const { origin, pathname, hash } = new URL(location);
  const headers = { origin, 'x-hand-over': handOver, 'content-type': 'application/x-www-form-urlencoded' };
  return visit(origin + pathname, { method: 'POST', headers, body: hash.slice(1) });
}

/** Enters the code of a device. */
export const connect = (emulator: Emulator, userCode: string, person: Person = {}): Promise<Answered> =>
  answerForm(emulator, '/setup/connect', [['user_code', userCode]], person);
