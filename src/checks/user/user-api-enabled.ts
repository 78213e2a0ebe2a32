import { blocked, defineCheck, fail, pass, warn } from '../define.ts';
import { cause, isApiDisabled, isTokenRefused, refusalData, refusedLine } from './api-refusal.ts';
import { grantPermission } from './grant-permission.ts';

const app = 'Setup > External Client App Manager > the app > Policies';

export default defineCheck({
  id: 'user-api-enabled',
  title: 'user may use the API',
  why: 'All that the collector reads, it reads through the REST API, which a user may use only with "API Enabled".',
  fix: grantPermission('API Enabled'),
  needs: ['userRights', 'attempt'],
  reads: 'userRights',
  judge: ({ userRights, attempt: { answer } }) => {
    if (userRights !== undefined && 'refused' in userRights) {
      const { refused } = userRights;
      const line = refusedLine(refused);
      const data = refusalData(refused);
      if (isApiDisabled(refused)) {
        const causes = [
          cause('likely', 'the user lacks the permission "API Enabled"'),
          cause('or', 'the edition of the org has no API'),
        ];
        return fail([line, ...causes].join('\n'), { data });
      }
      // Any other refusal came through the API.
      if (!isTokenRefused(refused))
        return pass('the API answers; what the user may do, the org does not show', { data });
      const scopes = 'granted' in answer ? answer.granted.scopes : undefined;
      if (scopes && !scopes.includes('api') && !scopes.includes('full')) return blocked('login-scopes', line, data);
      const causes = [
        cause('likely', 'API Access Control admits other apps only'),
        cause('or', 'the app or the profile admits other IP addresses only'),
      ];
      return fail([line, ...causes].join('\n'), {
        data,
        fix: `Setup > API Access Control: admit the app; or ${app} > OAuth Policies > IP Relaxation`,
      });
    }
    if (userRights?.apiEnabled === false)
      return warn('the API answers, but by UserPermissionAccess the user lacks "API Enabled"');
    return pass('the API answers this user');
  },
});
