import { defineCheck } from '../define.ts';
import { eventStorage, judgeEvents } from './events.ts';

export default defineCheck({
  id: 'data-logout-events',
  title: 'stored logout events can be read',
  why: 'The collector reads LogoutEvent every few minutes, so that logouts arrive before the next log file does.',
  fix: eventStorage('LogoutEvent'),
  needs: ['logoutEvents', 'loginEvents', 'userRights'],
  reads: 'logoutEvents',
  judge: (seen) => judgeEvents('LogoutEvent', seen),
});
