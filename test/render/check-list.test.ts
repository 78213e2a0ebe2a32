import { expect } from 'chai';
import { defineCheck, pass } from '../../src/checks/define.ts';
import { registry } from '../../src/checks/index.ts';
import { listChecks, renderCheckList } from '../../src/render/check-list.ts';

const check = (id: `key-${string}` | `login-${string}`, why: string) =>
  defineCheck({ id, title: 'it is well', why, fix: 'look', needs: [], judge: () => pass() });

describe('render: the list of checks', () => {
  it('shows ids, titles and reasons by room, in 80 columns', () => {
    const list = listChecks([
      check('key-a', 'It matters.'),
      check('login-instance-url', 'The collector queries at the URL in the answer, but downloads from another one.'),
    ]);
    expect(renderCheckList(list, 80).split('\n')).to.deep.equal([
      'Key [key]',
      '  key-a               it is well',
      '                      It matters.',
      '',
      'Login, as the collector does it [login]',
      '  login-instance-url  it is well',
      '                      The collector queries at the URL in the answer, but',
      '                      downloads from another one.',
    ]);
  });

  it('holds every check with id, title and reason', () => {
    expect(listChecks(registry).checks).to.deep.equal(registry.map(({ id, title, why }) => ({ id, title, why })));
  });
});
