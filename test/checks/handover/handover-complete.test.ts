import check from '../../../src/checks/handover/handover-complete.ts';
import { describeCheck } from '../describe-check.ts';
import { login } from '../example-facts.ts';

describeCheck(check, [
  { fact: 'passes with all five fields', given: { login: login() }, status: 'pass', data: { missing: [] } },
  {
    fact: 'warns while the key path is the one on this machine, with the command that sets the other',
    given: { login: login({ aquilaKeyPath: undefined }) },
    status: 'warn',
    detail: '/home/you/aquila/server.key: this is the path on this machine',
    fix: 'sf aquila report --target-org aquila --key-path',
  },
  {
    fact: 'passes with another audience than the host, of which login-accepted speaks',
    given: { login: login({ jwtAudience: 'https://login.salesforce.com' }) },
    status: 'pass',
  },
  {
    fact: 'fails without a client id',
    given: { login: login({ clientId: undefined }) },
    status: 'fail',
    detail: 'Client ID (Consumer Key) is not stored',
    data: { missing: ['clientId'] },
  },
  {
    fact: 'fails with every missing field in one finding',
    given: { login: login({ clientId: undefined, keyPath: undefined, aquilaKeyPath: undefined }) },
    status: 'fail',
    detail: 'JWT Authentication Client Key Path is not stored with this login\nClient ID (Consumer Key) is not stored',
    data: { missing: ['clientKeyPath', 'clientId'] },
  },
]);
