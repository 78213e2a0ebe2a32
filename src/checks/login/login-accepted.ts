import { defineCheck, pass } from '../define.ts';
import { refused } from './refused.ts';

export default defineCheck({
  id: 'login-accepted',
  title: "Salesforce accepts the collector's login",
  why: "One POST to the audience URL with that URL as audience is all that the collector does, and it hides the answer's reason.",
  fix: 'Setup > Login History: find this attempt; its status names the reason more exactly than the answer does',
  needs: ['attempt', 'host', 'login', 'loginHistory', 'appWitness'],
  reads: 'attempt',
  judge: ({ attempt: { http, answer }, ...others }) =>
    'granted' in answer
      ? pass(`POST ${http.url} answered ${http.status}`, { data: { status: http.status } })
      : refused(answer.refused, http, others),
});
