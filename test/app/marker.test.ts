import { expect } from 'chai';
import { isMarked, withMarker } from '../../src/app/marker.ts';

describe('app: the marker in a description', () => {
  for (const description of [undefined, '', 'Reads the logs.', 'Reads the logs', '  Ours  ']) {
    it(`is added to ${description === undefined ? 'nothing' : `"${description}"`}, and known again`, () => {
      expect(isMarked(description)).to.be.false;
      expect(isMarked(withMarker(description))).to.be.true;
    });
  }

  it('stands behind what the description said', () =>
    expect(withMarker('Reads the logs.')).to.equal('Reads the logs, managed by sf aquila'));

  it('is not added twice', () => {
    const once = withMarker('Ours');
    expect(withMarker(once)).to.equal(once);
  });

  it('is known in any case, and no description has none', () => {
    expect(isMarked('MANAGED BY SF AQUILA')).to.be.true;
    expect(isMarked(null)).to.be.false;
    expect(isMarked('managed by sf')).to.be.false;
  });
});
