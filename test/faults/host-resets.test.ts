import { describeHostFault } from './host-fault.ts';

describeHostFault('a connection that is reset', { kind: 'reset' }, 'ConnectionLost');
