import { readAppCertificate } from '../../app/certificate.ts';
import { describeCertificate } from '../../cert/certificate.ts';
import { blocked, defineCheck, fail, pass, skip, warn } from '../define.ts';
import { settingDetail } from './detail.ts';
import {
  certificateDefects,
  certificatePlace as place,
  nextCertificate,
  soundCertificate,
  uploadCommand,
} from './held-certificate.ts';
import { mend } from './mend.ts';

export default defineCheck({
  id: 'app-certificate',
  title: 'app holds a sound certificate',
  why: 'Salesforce verifies every login with this certificate, so it must belong to the key of the collector and be in force.',
  fix: uploadCommand,
  needs: ['appOauth', 'app', 'sought', 'now', 'warnDays'],
  judge: ({ appOauth, app, sought: { certificate: ours }, now, warnDays }) => {
    if (appOauth.certificate === undefined || appOauth.certificate.trim() === '') {
      return appOauth.login === 'accepted'
        ? skip('the org does not return the certificate; that it holds one, the accepted login shows')
        : blocked('app-jwt-bearer');
    }
    const file = ours ? `SHA-256 ${ours.fingerprint256}, that of ${ours.path}; ` : '';
    const wanted = `${file}${soundCertificate}`;
    const upload = {
      fix: mend(app, uploadCommand, place, 'upload the certificate of the key that the collector uses'),
    };
    const held = readAppCertificate(appOauth.certificate);
    if (!held) {
      const { detail, data } = settingDetail(app, place, { found: 'something that is no certificate', wanted });
      return fail(detail, { data, ...upload });
    }
    const facts = describeCertificate(held, now);
    const { subject, fingerprint256, notAfter, daysLeft } = facts;
    const defects = certificateDefects(held, facts, now);
    const differs = ours !== undefined && ours.fingerprint256 !== fingerprint256;
    const soon = daysLeft < warnDays && now <= held.validToDate;
    const { detail, data } = settingDetail(
      app,
      place,
      { found: `SHA-256 ${fingerprint256}, ${subject}, until ${notAfter}`, wanted },
      ...defects,
      ...(soon
        ? [`it ends in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}; fewer than ${warnDays} are a warning`]
        : []),
      ...(differs
        ? ['If the collector uses the key of the one that the app holds, keep that, and compare its file.']
        : []),
      ...(ours ? [] : ['It was compared with none of yours: give --certificate-file server.crt to compare the two.'])
    );
    const more = { ...data, subject, fingerprint256, notAfter, daysLeft };
    if (differs) return fail(detail, { data: more, ...upload });
    // Beside a login the same certificate is judged as the file that it came from, and once is enough.
    if (ours && appOauth.login !== undefined) return pass(detail, { data: more });
    const next = { data: more, fix: nextCertificate(app, appOauth.login, defects) };
    if (defects.length > 0) return fail(detail, next);
    return soon ? warn(detail, next) : pass(detail, { data: more });
  },
});
