import { expect } from 'chai';
import { explain, explains } from './explaining.ts';

describe('explain: the log of the collector', () => {
  explains([
    [
      'error setting up connection to Salesforce: failed to open salesforce connection: session response error: 400 400 Bad Request',
      /refused the login of the collector.*same for every cause/,
      'login-accepted',
      '!!!!!!',
    ],
    [
      'session response error: 400 400 Bad Request',
      /refused the login of the collector/,
      'user-preauthorized',
      '!!!!!!',
    ],
    [
      'session response error: 503 503 Service Unavailable',
      /did not grant the collector a token/,
      'host-reachable',
      '!!',
    ],
    [
      'problem with client key path for JWT auth: open /etc/aquila/server.pem: no such file or directory',
      /does not find its private key/,
      'handover-complete',
      '!?',
    ],
    [
      'problem with client key path for JWT auth: open /etc/aquila/server.pem: permission denied',
      /can not read the file with its private key/,
      'key-private-mode',
      '!',
    ],
    [
      'problem with client key for JWT auth: invalid key: Key must be a PEM encoded PKCS1 or PKCS8 key',
      /finds no PEM block/,
      'key-readable',
      '!?',
    ],
    [
      'problem with client key for JWT auth: key is not a valid RSA private key',
      /another kind than RSA/,
      'key-rsa',
      '!',
    ],
    [
      'problem with client key for JWT auth: asn1: structure error: tags don’t match',
      /first block of the key file/,
      'key-first-block',
      '!!',
    ],
    [
      'insert response err: INVALID_SESSION_ID: Session expired or invalid',
      /did not log in again/,
      'data-session-lifetime',
      '???',
    ],
    ['INVALID_SESSION_ID: Session expired or invalid', /no longer valid/, 'data-session-lifetime', '!??'],
    ['unexpected status code 404 for log file', /did not hand over a log file/, 'data-log-download', '!!'],
    ['POST https://acme.my.salesforce.com//services/oauth2/token', /ends with a slash/, 'host-url', '!'],
  ]);

  it('the hidden reason begins with replaying the login', () => {
    expect(explain('session response error: 400 400 Bad Request')[0]?.fix).to.include(
      'sf aquila verify --target-org ORG'
    );
  });

  it('where the log holds the answer of Salesforce too, that comes first', () => {
    const found = explain(
      'session response error: 400 400 Bad Request\n{"error":"invalid_grant","error_description":"invalid assertion"}'
    );
    expect(found.map(({ line, words }) => [line, words])).to.deep.equal([
      [2, 'invalid assertion'],
      [1, 'session response error: 400'],
    ]);
  });
});
