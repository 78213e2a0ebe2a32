import { defineCheck, pass } from '../define.ts';

export default defineCheck({
  id: 'host-reachable',
  title: 'host answers over https',
  why: 'Without an answer from the host of the audience URL there is no login, from here or from the collector.',
  fix: 'compare the address with Setup > My Domain > Current My Domain URL, and look at firewall and proxy of this network',
  needs: ['host'],
  reads: 'host',
  judge: ({ host: { http } }) => pass(`${http.method} ${http.url} answered ${http.status}`),
});
