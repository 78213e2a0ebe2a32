import { labelled } from '../app/detail.ts';
import { defineCheck } from '../define.ts';
import { describeProvider, judgeProvider, providersPlace as place } from './auth-provider.ts';
import { verdictOf } from './remarks.ts';

export default defineCheck({
  id: 'sso-openid-connect',
  title: 'logins by OpenID Connect use what protects them',
  why: 'Such a login ends in a code and tokens that must not be read, exchanged by others, or come from another issuer.',
  fix: `Setup > ${place}`,
  needs: ['openIdConnect'],
  reads: 'openIdConnect',
  judge: ({ openIdConnect: { providers, clients } }) => {
    const logins = providers.filter(({ logsIn }) => logsIn);
    const given = clients === undefined ? 'not shown' : clients.length === 0 ? 'no app' : clients.join(', ');
    return verdictOf(logins.flatMap(judgeProvider), {
      found:
        logins.length === 0
          ? 'nobody logs in by another provider'
          : `logins by ${logins.map(({ name }) => name).join(', ')}`,
      seen: Object.fromEntries(providers.map(({ name, type }) => [`AuthProvider ${name}`, type])),
      place,
      notes: [
        ...providers.map(describeProvider),
        labelled('ID tokens', `this org gives them to ${given}`),
        'AQUILA uses none of this.',
      ],
      data: { providers: logins.map(({ name }) => name), clients: clients ?? null },
    });
  },
});
