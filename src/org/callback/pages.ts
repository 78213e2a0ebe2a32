import { Messages } from '@salesforce/core/messages';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'callback');

/** What a page tells, in words: it must be understood without colours. */
export type Notice = {
  title: string;
  text: string;
  /** Salesforce's own words, verbatim. */
  words?: string | undefined;
};

export type NoticeName = 'allowed' | 'refused' | 'foreign' | 'unusable' | 'late' | 'nothing' | 'handing' | 'gone';

export const notice = (name: NoticeName, words?: string): Notice => ({
  title: messages.getMessage(`${name}.title`),
  text: messages.getMessage(`${name}.text`),
  words,
});

/** Header in which the page of the user-agent flow shows that it is that page. */
export const handOverHeader = 'x-hand-over';

/**
 * The page of a notice. Its script takes the query, where the code stood, out of the address and of the history of the browser.
 *
 * @param nonce a value of this answer alone, for the style and the script of the page
 */
export const noticePage = (shown: Notice, nonce: string): string => page(shown, { nonce, script: clearAddress });

/**
 * The page that gets the answer in the fragment of its address, which no browser sends to a server. Its script takes the fragment, removes
 * it from address and history before anything else, hands it over once, and shows the notice that comes back. It keeps it nowhere.
 *
 * @param handOver the value that shows that it is this page that hands over
 * @param nonce as of {@link noticePage}
 */
export const handOverPage = (handOver: string, nonce: string): string =>
  page(notice('handing'), {
    nonce,
    script: handOverScript(handOver),
    withoutScript: messages.getMessage('without-script'),
  });

/** Nothing is loaded and nothing is sent, but by the page's own script to where it came from. */
export const policyOf = (nonce: string): string =>
  [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const clearAddress = "history.replaceState(null, '', location.pathname);\n";

const handOverScript = (handOver: string): string => `const fragment = location.hash.slice(1);
${clearAddress}const show = ({ title, text, words }) => {
  document.title = title;
  document.getElementById('title').textContent = title;
  document.getElementById('text').textContent = text;
  document.getElementById('words').textContent = words ?? '';
};
if (fragment === '') {
  show(${literal(notice('nothing'))});
} else {
  fetch(location.pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ${literal(handOverHeader)}: ${literal(handOver)} },
    body: fragment,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
  })
    .then((answer) => answer.json())
    .then(show)
    .catch(() => show(${literal(notice('gone'))}));
}
`;

const style = `:root { color-scheme: light dark; }
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 38rem; margin: 12vh auto; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; }
pre { font-size: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; padding-left: 1rem; border-left: 3px solid; }
pre:empty { display: none; }
footer { margin-top: 2rem; font-size: 0.9rem; }
`;

type Parts = { nonce: string; script: string; withoutScript?: string };

function page({ title, text, words }: Notice, { nonce, script, withoutScript }: Parts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">
${style}</style>
</head>
<body>
<main>
<h1 id="title">${escapeHtml(title)}</h1>
<p id="text" role="status">${escapeHtml(text)}</p>
<pre id="words">${escapeHtml(words ?? '')}</pre>
${withoutScript === undefined ? '' : `<noscript><p>${escapeHtml(withoutScript)}</p></noscript>\n`}</main>
<footer>sf aquila</footer>
<script nonce="${nonce}">
${script}</script>
</body>
</html>
`;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character);

/** A value in a script of a page; no "<" in it can end the script. */
const literal = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
