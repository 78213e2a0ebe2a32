import { writeFileSync } from 'node:fs';
import { describeFileFault, fixture } from './file-fault.ts';

describeFileFault({
  fact: 'the certificate of another key beside the key',
  set: (loopback) => writeFileSync(loopback.path('server.crt'), fixture('keys/other2048.crt')),
  spoken: { 'cert-matches-key': 'fail' },
  detail: 'was made with another key',
  fix: 'sf aquila verify --target-org aquila --certificate-file server.crt',
  tokenRequests: 1,
  exit: 1,
});
