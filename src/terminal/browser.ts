import { Messages } from '@salesforce/core/messages';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'terminal');

/** The browsers that can be named, as in `sf org login web`. */
export const browserNames = ['chrome', 'edge', 'firefox'] as const;
export type BrowserName = (typeof browserNames)[number];

/** This machine, as far as it decides whether a browser can be opened. */
export type Machine = { platform: NodeJS.Platform; environment: NodeJS.ProcessEnv };

/**
 * Whether a browser that opens here is seen by whoever started the command: not over SSH without a display, and not on a machine without a
 * screen. The variable BROWSER names one that can be opened all the same, such as the one of an editor that works over SSH.
 */
export function hasBrowser({ platform, environment }: Machine): boolean {
  const { BROWSER, DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION, SSH_TTY, WSL_DISTRO_NAME } = environment;
  if (BROWSER) return true;
  if (DISPLAY || WAYLAND_DISPLAY) return true;
  return !SSH_CONNECTION && !SSH_TTY && (platform === 'win32' || platform === 'darwin' || Boolean(WSL_DISTRO_NAME));
}

/**
 * Shows a person what to do in a browser, and opens the browser where there is one. The address is shown in any case: it holds no secret,
 * and a browser may open where nobody sees it.
 *
 * @param say prints a text with its line ends, beside the results of the command
 * @param open opens a page; the library does it unless a test says otherwise
 */
export function visitor(
  { browser, machine, say }: { browser: BrowserName | undefined; machine: Machine; say: (text: string) => void },
  open: (url: string, browser: BrowserName | undefined) => Promise<void> = openBrowser
) {
  const opens = browser !== undefined || hasBrowser(machine);
  return {
    visit: (url: string, { callbackUrl, minutes }: { callbackUrl: string; minutes: number }): void => {
      const { port } = new URL(callbackUrl);
      const lines = [
        messages.getMessage(opens ? 'browser.opens' : 'browser.missing'),
        `  ${url}`,
        messages.getMessage('browser.waits', [callbackUrl, minutes]),
        ...(opens ? [] : [messages.getMessage('browser.elsewhere', [port, port])]),
      ];
      say(`${lines.join('\n\n')}\n\n`);
      if (opens) open(url, browser).catch(() => say(`${messages.getMessage('browser.failed')}\n`));
    },
    enterCode: (code: { userCode: string; verificationUri: string; minutes: number }): void => {
      const lines = [
        messages.getMessage('device.page'),
        `  ${code.verificationUri}\n  ${messages.getMessage('device.code', [code.userCode])}`,
        messages.getMessage('device.waits', [code.minutes]),
      ];
      say(`${lines.join('\n\n')}\n\n`);
    },
  };
}

async function openBrowser(url: string, browser: BrowserName | undefined): Promise<void> {
  const { default: open, apps } = await import('open');
  if (browser === undefined) {
    await open(url);
    return;
  }
  // One name after the other: given all at once, the library waits until the browser is closed again.
  let failure: unknown;
  for (const name of [apps[browser]].flat()) {
    try {
      await open(url, { app: { name } });
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
