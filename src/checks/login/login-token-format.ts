import { blocked, defineCheck, pass, warn } from '../define.ts';

export default defineCheck({
  id: 'login-token-format',
  title: 'token has the form that every API takes',
  why: 'Access tokens in JWT format are refused by the SOAP API before v68.0, and older clients then log in again and again.',
  fix: 'Setup > External Client App Manager > the app > Settings > OAuth Settings: switch off the JWT-based access tokens for named users',
  needs: ['attempt'],
  judge: ({ attempt: { answer } }) => {
    if ('refused' in answer) return blocked('login-accepted');
    // Only how the token begins is looked at; the token itself goes nowhere.
    return answer.granted.accessToken.startsWith('eyJ')
      ? warn('the app issues access tokens in JWT format', { data: { format: 'jwt' } })
      : pass(undefined, { data: { format: 'opaque' } });
  },
});
