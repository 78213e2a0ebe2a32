import { rmSync } from 'node:fs';
import { describeFileFault } from './file-fault.ts';

describeFileFault({
  fact: 'no certificate beside the key',
  set: (loopback) => rmSync(loopback.path('server.crt')),
  spoken: {
    'cert-readable': 'fail',
    'cert-matches-key': 'skip by cert-readable',
    'cert-in-validity': 'skip by cert-readable',
    'cert-expires-later': 'skip by cert-readable',
    'cert-signature': 'skip by cert-readable',
    'cert-size': 'skip by cert-readable',
  },
  detail: 'No certificate lies beside the key',
  fix: 'sf aquila verify --target-org aquila --certificate-file server.crt',
  tokenRequests: 1,
  exit: 1,
});
