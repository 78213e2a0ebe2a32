import type { Reply } from '../http.ts';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (one) => escapes[one] ?? one);

/** A page of this org, which no cache keeps. */
export function page(status: number, title: string, body: string): Reply {
  const head = `<meta charset="utf-8"><title>${escapeHtml(title)}</title>`;
  return {
    status,
    headers: { 'Content-Type': 'text/html;charset=UTF-8', 'Cache-Control': 'no-cache,no-store' },
    body: `<!DOCTYPE html>\n<html lang="en"><head>${head}</head>\n<body><h1>${escapeHtml(title)}</h1>\n${body}\n</body></html>\n`,
  };
}

export type Consent = {
  action: string;
  title: string;
  /** What the person is asked for, in a sentence. */
  question: string;
  hidden: Iterable<readonly [name: string, value: string]>;
  /** Further fields to fill in, with their first values. */
  fields: ReadonlyArray<readonly [name: string, label: string, value: string]>;
  /** What was wrong with the last answer. */
  trouble?: string | undefined;
};

/** In place of a login page: a form that names the user and has the buttons approve and deny (`decision`). */
export function consentForm({ action, title, question, hidden, fields, trouble }: Consent): Reply {
  const inputs = [
    ...[...hidden].map(
      ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`
    ),
    ...fields.map(
      ([name, label, value]) =>
        `<p><label>${escapeHtml(label)} <input id="${name}" name="${name}" value="${escapeHtml(value)}"></label></p>`
    ),
    '<button id="approve" name="decision" value="approve">Allow</button>',
    '<button id="deny" name="decision" value="deny">Deny</button>',
  ];
  const wrong = trouble === undefined ? '' : `<p id="error">${escapeHtml(trouble)}</p>\n`;
  const form = `<form method="post" action="${escapeHtml(action)}">\n${inputs.join('\n')}\n</form>`;
  return page(200, title, `${wrong}<p>${escapeHtml(question)}</p>\n${form}`);
}
