import { describeHostFault } from './host-fault.ts';

describeHostFault('a host that never answers', { kind: 'hang' }, 'RequestTimedOut');
