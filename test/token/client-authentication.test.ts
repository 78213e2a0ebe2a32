import { createPrivateKey } from 'node:crypto';
import { expect } from 'chai';
import { chooseAuthentication } from '../../src/token/client-authentication.ts';
import { fixture } from '../emulator/test-client.ts';

const privateKey = createPrivateKey(fixture('rsa2048.key'));
type Choice = Parameters<typeof chooseAuthentication>[0];

describe('how a client proves who it is', () => {
  const chosen: Array<[what: string, choice: Choice, method: string]> = [
    ['not at all without a secret', {}, 'none'],
    ['by the secret in the form where there is one', { secret: 's' }, 'client_secret_post'],
    ['by Basic where that is asked', { method: 'client_secret_basic', secret: 's' }, 'client_secret_basic'],
    ['by a signed assertion where that is asked', { method: 'private_key_jwt', privateKey }, 'private_key_jwt'],
    ['not at all where that is asked, whatever there is', { method: 'none', secret: 's', privateKey }, 'none'],
    ['never by the key unless that is asked', { privateKey }, 'none'],
  ];
  for (const [what, choice, method] of chosen) {
    it(what, () => expect(chooseAuthentication(choice)).to.have.nested.property('authentication.method', method));
  }

  const refused: Array<[Choice, string]> = [
    [{ method: 'client_secret_post' }, 'ClientSecretMissing'],
    [{ method: 'client_secret_basic', privateKey }, 'ClientSecretMissing'],
    [{ method: 'private_key_jwt', secret: 's' }, 'ClientKeyMissing'],
  ];
  for (const [choice, code] of refused) {
    it(`${choice.method ?? ''} without what it needs is ${code}`, () => {
      expect(chooseAuthentication(choice)).to.have.nested.property('problem.code', code);
    });
  }
});
