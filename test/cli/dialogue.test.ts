import { expect } from 'chai';
import { dialogue, needTerminal } from './dialogue.ts';
import { Place } from './process.ts';

describe('a dialogue on a terminal', function () {
  const place = new Place();
  before(function () {
    needTerminal(this);
  });
  after(() => place.remove());

  const failure = async (...words: Parameters<typeof dialogue>): Promise<string> => {
    try {
      await dialogue(...words);
    } catch (error) {
      return String(error);
    }
    throw new Error('it went well');
  };

  it('fails with what was shown when the command ends before what was waited for appears', async () => {
    const said = await failure(place, ['report', '--target-org', 'nobody'], [['Never shown', 'y']]);
    expect(said).to.include('"Never shown" never appeared').and.include('LoginUnknown');
  });

  it('fails with what was shown when the command waits for somebody who answers nothing', async () => {
    const said = await failure(place, ['explain'], [['Never shown', 'y']], {}, 5000);
    expect(said).to.include('"Never shown" never appeared').and.include('?');
  });

  it('fails with what was shown when all was answered and the command goes on waiting', async () => {
    const said = await failure(place, ['explain'], [], {}, 5000);
    expect(said).to.include('did not end').and.include('?');
  });
});
