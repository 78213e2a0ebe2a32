import { blocked, defineCheck, pass, unknown } from '../define.ts';
import { settingDetail } from './detail.ts';
import { certificatePlace as place, uploadCommand } from './held-certificate.ts';
import { mend } from './mend.ts';

const login =
  'sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <instance-url>';

export default defineCheck({
  id: 'app-jwt-bearer',
  title: 'JWT bearer flow is enabled by a certificate',
  why: 'The collector signs its login, and Salesforce verifies it with the certificate that the app holds.',
  fix: `find out by a login: ${login}\nif it is refused: ${uploadCommand}`,
  needs: ['appOauth', 'app'],
  reads: 'appOauth',
  judge: ({ appOauth: { certificate, login: outcome }, app }) => {
    const wanted = 'the flow enabled, with a certificate';
    if (certificate !== undefined && certificate.trim() !== '') {
      const { detail, data } = settingDetail(app, place, { found: 'a certificate, which enables the flow', wanted });
      return pass(detail, { data });
    }
    // Reports differ on whether an org returns the certificate: docs/reference/external-client-apps.md §3, §14-A.
    const { detail, data } = settingDetail(
      app,
      place,
      { found: 'no certificate', wanted },
      'The org may hold one all the same and not return it. A login tells: Salesforce accepts it only with a certificate.'
    );
    if (outcome === 'accepted') return pass(`${detail}\nSalesforce accepted a login, so it holds one.`, { data });
    if (outcome === 'refused') return blocked('login-accepted', detail, data);
    const fix = `find out by a login: ${login}\nif it is refused: ${mend(app, uploadCommand, place, 'select it, and upload the certificate')}`;
    return unknown(detail, { data, fix });
  },
});
