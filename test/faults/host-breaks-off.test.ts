import { describeHostFault } from './host-fault.ts';

describeHostFault('an answer that breaks off', { kind: 'cutOff' }, 'ConnectionLost');
