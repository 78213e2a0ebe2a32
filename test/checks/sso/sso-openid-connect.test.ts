import check from '../../../src/checks/sso/sso-openid-connect.ts';
import { describeCheck } from '../describe-check.ts';
import { openIdConnect } from '../sso-facts.ts';

const edit = 'Setup > Auth. Providers > Acme OIDC > Edit: ';

describeCheck(check, [
  {
    fact: 'passes where there is no provider, and says to which apps the org itself gives ID tokens',
    given: { openIdConnect: openIdConnect({}, { providers: [], clients: ['Portal', 'Wiki'] }) },
    status: 'pass',
    detail: /^found {6}nobody logs in by another provider\n[^]*ID tokens {2}this org gives them to Portal, Wiki\n/,
    data: { clients: ['Portal', 'Wiki'], providers: [] },
  },
  {
    fact: 'passes with a provider that is protected, and says that nobody makes users',
    given: { openIdConnect: openIdConnect({}, { clients: undefined }) },
    status: 'pass',
    detail:
      /Acme OIDC: PKCE, issuer https:\/\/idp\.acme\.com; no Apex class makes users\nID tokens {2}this org gives them to not shown/,
    data: { clients: null },
  },
  {
    fact: 'names the registration handler and whom it runs as',
    given: { openIdConnect: openIdConnect({ handler: 'AcmeRegistration', runsAs: 'sso@acme.com' }) },
    status: 'pass',
    detail: 'users are made and changed as the Apex class AcmeRegistration says, which runs as sso@acme.com',
  },
  {
    fact: 'warns of codes without PKCE',
    given: { openIdConnect: openIdConnect({ pkce: false }) },
    status: 'warn',
    detail: /^found {6}logins by Acme OIDC\n {11}Acme OIDC: codes are exchanged without PKCE\nby /,
    fix: `${edit}select PKCE`,
  },
  {
    fact: 'asks no PKCE of a type that has none',
    given: { openIdConnect: openIdConnect({ type: 'LinkedIn', pkce: false }) },
    status: 'pass',
  },
  {
    fact: 'warns of an issuer that nobody verifies',
    given: { openIdConnect: openIdConnect({ issuer: undefined }) },
    status: 'warn',
    fix: `${edit}Token Issuer`,
  },
  {
    fact: 'warns of a token and of a secret in addresses',
    given: { openIdConnect: openIdConnect({ tokenInHeader: false, credentialsInHeader: false }) },
    status: 'warn',
    detail:
      /Acme OIDC: the access token is sent in an address\n {11}Acme OIDC: the client secret is sent in an address\nby /,
  },
  {
    fact: "leaves to Salesforce what it manages itself for Google's kind",
    given: { openIdConnect: openIdConnect({ type: 'Google', tokenInHeader: false, issuer: undefined }) },
    status: 'pass',
  },
  {
    fact: 'fails on an endpoint without TLS',
    given: { openIdConnect: openIdConnect({ endpoints: ['http://idp.acme.com/token'] }) },
    status: 'fail',
    detail: 'http://idp.acme.com/token is asked without TLS',
  },
  {
    fact: 'asks nothing of a provider that logs nobody in',
    given: { openIdConnect: openIdConnect({ type: 'GitHub', logsIn: false, pkce: false, endpoints: ['http://x'] }) },
    status: 'pass',
    detail: 'lets this org act elsewhere, and logs nobody in',
  },
]);
