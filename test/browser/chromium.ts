import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** What Chromium and Chrome are called where they are installed. */
const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];

/** The program that CHROME_PATH names, else the first one on the PATH; undefined where there is none. */
export function findChromium({ CHROME_PATH, PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  const candidates = names.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)));
  return (CHROME_PATH ? [CHROME_PATH] : candidates).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts Chromium without a window; skips the suite where there is none, and says so. It reaches nothing but this machine. */
export async function startChromium(context: { skip: () => void }): Promise<Browser> {
  const executablePath = findChromium(process.env);
  if (executablePath === undefined) {
    console.log('    skipped: neither CHROME_PATH nor the PATH has Chromium or Chrome');
    context.skip();
  }
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet];
  return chromium.launch({
    executablePath: executablePath ?? '',
    args: [...args, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost'],
  });
}
