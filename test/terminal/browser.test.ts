import { expect } from 'chai';
import { hasBrowser, visitor, type BrowserName, type Machine } from '../../src/terminal/browser.ts';

const page = 'https://acme.my.salesforce.com/services/oauth2/authorize?x=1';
const answer = { callbackUrl: 'http://localhost:1818/OauthRedirect', minutes: 10 };
const desk: Machine = { platform: 'linux', environment: { DISPLAY: ':0' } };
const server: Machine = { platform: 'linux', environment: {} };

describe('a person at a browser', () => {
  const machines: Array<[string, Machine, boolean]> = [
    ['Windows', { platform: 'win32', environment: {} }, true],
    ['a Mac', { platform: 'darwin', environment: {} }, true],
    ['a Mac over SSH', { platform: 'darwin', environment: { SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' } }, false],
    ['Linux with X', desk, true],
    ['Linux with Wayland', { platform: 'linux', environment: { WAYLAND_DISPLAY: 'wayland-0' } }, true],
    ['Linux without a screen', server, false],
    [
      'Linux over SSH with X led through',
      { platform: 'linux', environment: { SSH_TTY: '/dev/pts/0', DISPLAY: ':10' } },
      true,
    ],
    ['WSL', { platform: 'linux', environment: { WSL_DISTRO_NAME: 'Debian' } }, true],
    [
      'an editor over SSH that names a browser',
      { platform: 'linux', environment: { SSH_TTY: '/dev/pts/0', BROWSER: '/x' } },
      true,
    ],
  ];
  for (const [what, machine, has] of machines) {
    it(`${has ? 'has' : 'has no'} browser on ${what}`, () => expect(hasBrowser(machine)).to.equal(has));
  }

  type Opened = { said: string; opened: Array<[string, BrowserName | undefined]> };
  const visiting = async (machine: Machine, browser?: BrowserName, failure?: Error): Promise<Opened> => {
    const seen: Opened = { said: '', opened: [] };
    const say = (text: string): void => void (seen.said += text);
    visitor({ browser, machine, say }, (url, name) => {
      seen.opened.push([url, name]);
      return failure ? Promise.reject(failure) : Promise.resolve();
    }).visit(page, answer);
    await Promise.resolve();
    return seen;
  };

  it('sees the page open, its address, and where the answer is awaited and for how long', async () => {
    const { said, opened } = await visiting(desk);
    expect(opened).to.deep.equal([[page, undefined]]);
    expect(said).to.include('Your browser opens').and.include(`  ${page}\n`);
    expect(said).to.include('http://localhost:1818/OauthRedirect for 10 minutes');
  });

  it('gets the address alone where no browser can open, and how to lead the port over SSH', async () => {
    const { said, opened } = await visiting(server);
    expect(opened).to.deep.equal([]);
    expect(said).to.include('Open this page of Salesforce').and.include(page).and.include('ssh -L 1818:localhost:1818');
  });

  it('reads lines that fit on a screen of 80 columns, the address excepted', async () => {
    for (const machine of [desk, server]) {
      const { said } = await visiting(machine);
      expect(said.split('\n').filter((line) => line.length > 80 && !line.includes(page))).to.deep.equal([]);
    }
  });

  it('gets the browser that was named, wherever the command runs', async () => {
    expect((await visiting(server, 'firefox')).opened).to.deep.equal([[page, 'firefox']]);
  });

  it('is told to open the page by hand when the browser does not open', async () => {
    const { said } = await visiting(desk, 'edge', new Error('spawn msedge ENOENT'));
    expect(said).to.include('could not be opened. Open the page by hand.').and.not.include('ENOENT');
  });

  it('sees the code of a device, the page for it, and how long it is good for', () => {
    let said = '';
    const say = (text: string): void => void (said += text);
    const code = { userCode: 'ABCD2345', verificationUri: 'https://acme.my.salesforce.com/setup/connect', minutes: 10 };
    visitor({ browser: undefined, machine: server, say }).enterCode(code);
    expect(said)
      .to.include('  https://acme.my.salesforce.com/setup/connect\n  Code: ABCD2345\n')
      .and.include('10 minutes');
  });
});
