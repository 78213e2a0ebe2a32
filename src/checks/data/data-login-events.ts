import { defineCheck } from '../define.ts';
import { eventStorage, judgeEvents } from './events.ts';

export default defineCheck({
  id: 'data-login-events',
  title: 'stored login events can be read',
  why: 'The collector reads LoginEvent every few minutes, so that logins arrive before the next log file does.',
  fix: eventStorage('LoginEvent'),
  needs: ['loginEvents', 'logoutEvents', 'userRights'],
  reads: 'loginEvents',
  judge: (seen) => judgeEvents('LoginEvent', seen),
});
