import { describeFault } from './fault.ts';

describeFault('a token that would be sent without TLS', {
  set: ({ switches }) => {
    switches.instanceUrl = 'http://acme.example';
  },
  login: {
    says: 'HTTP 200, with the instance URL http://acme.example, which is not https',
    causes: ['instance-url-without-tls'],
    action: 'My Domain',
  },
  verify: { speaks: { 'login-accepted': 'fail' }, fix: 'My Domain' },
  withAdmin: {
    speaks: { 'login-accepted': 'fail' },
    says: 'which is not https',
    fix: 'My Domain',
    mend: ({ emulator }) => {
      emulator.switches.instanceUrl = '';
    },
  },
});
