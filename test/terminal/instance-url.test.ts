import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { dialogue, needTerminal } from '../cli/dialogue.ts';
import { Place } from '../cli/process.ts';
import { keyPair } from '../cert/key-files.ts';

describe('the question for the address of an org, on a terminal', () => {
  it('is asked again until the answer can be a My Domain address; Ctrl-C ends with 130', async function () {
    needTerminal(this);
    const place = new Place();
    writeFileSync(place.path('server.key'), keyPair('rsa2048.key'), { mode: 0o600 });
    const words = ['login', '--username', 'ann@acme.com', '--client-id', '3MVG9', '--jwt-key-file', 'server.key'];
    const { code, text } = await dialogue(place, words, [
      ['My Domain address of the org', 'https://acme.lightning.force.com\r'],
      ['is a Lightning address', '\x03'],
    ]);
    place.remove();
    expect(code, text).to.equal(130);
    expect(text).to.include('QuestionDeclined');
  });
});
