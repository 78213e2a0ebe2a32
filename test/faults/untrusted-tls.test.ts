import { describeFault } from './fault.ts';

describeFault('the TLS certificate of the host is not trusted', {
  set: () => undefined,
  untrusted: true,
  login: { code: 'TlsUntrusted', says: 'is not trusted on this machine', action: 'NODE_EXTRA_CA_CERTS' },
  verify: { speaks: { 'host-reachable': 'fail' }, fix: 'NODE_EXTRA_CA_CERTS' },
  withAdmin: {
    speaks: { 'host-reachable': 'fail' },
    says: 'is not trusted on this machine',
    fix: 'NODE_EXTRA_CA_CERTS',
    mend: (scene) => scene.trust(),
  },
});
