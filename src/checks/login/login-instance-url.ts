import { blocked, defineCheck, fail, pass } from '../define.ts';

export default defineCheck({
  id: 'login-instance-url',
  title: 'instance URL is the one that Salesforce names',
  why: 'The collector queries at the URL in the answer, but downloads log files from the instance URL that is handed over.',
  fix: 'sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <audience>',
  needs: ['attempt', 'login'],
  judge: ({ attempt: { answer }, login }) => {
    if ('refused' in answer) return blocked('login-accepted');
    const stored = login.instanceUrl?.replace(/\/+$/, '');
    if (stored === undefined) return blocked('handover-complete');
    const { instanceUrl } = answer.granted;
    const data = { instanceUrl, storedInstanceUrl: stored };
    return instanceUrl.toLowerCase() === stored.toLowerCase()
      ? pass(instanceUrl, { data })
      : fail(`Salesforce names ${instanceUrl}, but ${stored} is stored and would be handed over`, { data });
  },
});
