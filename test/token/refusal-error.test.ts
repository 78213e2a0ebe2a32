import { expect } from 'chai';
import { refusalError } from '../../src/token/refusal-error.ts';
import { explainRefusal, type RefusalWords } from '../../src/token/refusal.ts';

const received = new Date('2026-11-21T10:00:00Z');
const error = (words: Partial<RefusalWords>, date = received): ReturnType<typeof refusalError> =>
  refusalError(
    explainRefusal({ status: 400, ...words }),
    {
      method: 'POST',
      url: 'https://acme.my.salesforce.com/services/oauth2/token',
      status: 400,
      body: '',
      date,
      receivedAt: received,
    },
    'integration@acme.com'
  );

describe('a refused login, as an error', () => {
  it('shows Salesforce’s words, the one cause and its fix', () => {
    const { message, actions, exitCode, name, data } = error({
      error: 'invalid_grant',
      errorDescription: 'expired authorization code',
    });
    expect(message.split('\n')).to.deep.equal([
      'Salesforce refused the login of integration@acme.com at https://acme.my.salesforce.com/services/oauth2/token',
      'invalid_grant: expired authorization code',
      'Cause: the clock of this machine is wrong, or local time was taken as UTC.',
    ]);
    expect(actions).to.deep.equal(['Set the clock (a time service keeps it right), then try again']);
    expect([name, exitCode]).to.deep.equal(['LoginRefused', 1]);
    expect(data).to.deep.equal({
      status: 400,
      error: 'invalid_grant',
      errorDescription: 'expired authorization code',
      row: 'E5',
      causes: ['clock'],
    });
  });

  it('lists ambiguous causes in order, and each fix once', () => {
    const { message, actions } = error({ error: 'invalid_grant', errorDescription: 'invalid assertion' });
    expect(message).to.include(
      'Possible causes, likeliest first:\n  1. the private key does not belong to the certificate'
    );
    expect(actions).to.have.length(2);
    expect(actions?.[0]).to.equal(
      'Give the app the certificate that was made with this key: sf aquila app create --target-org ADMIN --name APP_NAME --certificate-file server.crt'
    );
  });

  it('says how far the clocks are apart where that can matter', () => {
    const behind = error(
      { error: 'invalid_grant', errorDescription: 'expired authorization code' },
      new Date('2026-11-21T10:10:00Z')
    );
    expect(behind.message).to.include('The clock of this machine is 10 min behind the clock of the host.');
    expect(error({ error: 'x' }, new Date('2026-11-21T09:59:30Z')).message).not.to.include('clock');
  });

  it('admits that it does not know words that nobody has documented, and still says where to look', () => {
    const { message, actions } = error({ error: 'brand_new', errorDescription: 'words' });
    expect(message).to.include('brand_new: words\nNo documented cause fits these words.');
    expect(actions?.join()).to.include('Login History');
  });
});
