import { defineCheck, fail, pass, unknown, warn } from '../define.ts';
import { settingDetail } from './detail.ts';
import { appCreate, mend } from './mend.ts';
import { refreshTokenPlace } from './places.ts';
import { refreshTokenWords } from './refresh-token-words.ts';

const oauthSettings = {
  'external-client-app': 'Settings > OAuth Settings',
  'connected-app': 'Edit > API (Enable OAuth Settings)',
};
const days = 365;

export default defineCheck({
  id: 'app-refresh-token',
  title: `refresh tokens of the app expire after ${days} days`,
  why: 'The guide of the vendor asks for this lifetime; the collector itself gets no refresh token in its login.',
  fix: appCreate,
  needs: ['appPolicy', 'appOauth', 'app'],
  judge: ({ appPolicy: { refreshToken }, appOauth, app }) => {
    const { policy, period, unit } = refreshToken;
    const limited = appOauth.refreshTokenIdleLimit;
    const { detail, data } = settingDetail(
      app,
      refreshTokenPlace,
      { found: refreshTokenWords(refreshToken), wanted: `expires after ${days} days` },
      ...(period !== undefined && unit === undefined
        ? [
            'The query does not show whether these are days. With "Modify Metadata Through Metadata API Functions" the administrator would see it.',
          ]
        : []),
      ...(limited ? ['A limit for idle tokens is on: one that is not used for 30 days ends before its time.'] : [])
    );
    const more = { ...data, period: period ?? null, unit: unit ?? null, idleLimit: limited };
    const fix = mend(app, appCreate, refreshTokenPlace, `choose "Expire refresh token after", ${days} Day(s)`);
    const mayBe = policy === 'specific-lifetime' && (period ?? days) === days && (unit ?? 'days') === 'days';
    if (!mayBe) return fail(detail, { data: more, fix });
    const task = 'switch off the limit for idle refresh tokens';
    if (limited) return warn(detail, { data: more, fix: mend(app, appCreate, oauthSettings, task) });
    return period === undefined || unit === undefined
      ? unknown(detail, { data: more, fix })
      : pass(detail, { data: more });
  },
});
