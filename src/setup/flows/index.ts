import type { GrantName } from '../../token/grants.ts';
import { clientCredentials } from './client-credentials.ts';
import { device } from './device.ts';
import type { Flow } from './flow.ts';
import { jwtBearer } from './jwt-bearer.ts';
import { refreshToken } from './refresh-token.ts';
import { saml2Bearer } from './saml2-bearer.ts';
import { samlAssertion } from './saml-assertion.ts';
import { tokenExchange } from './token-exchange.ts';
import { usernamePassword } from './username-password.ts';
import { userAgent } from './user-agent.ts';
import { webServer } from './web-server.ts';

export const flows: Record<GrantName, Flow> = {
  'jwt-bearer': jwtBearer,
  'client-credentials': clientCredentials,
  'refresh-token': refreshToken,
  'username-password': usernamePassword,
  'token-exchange': tokenExchange,
  'web-server': webServer,
  'user-agent': userAgent,
  device,
  'saml2-bearer': saml2Bearer,
  'saml-assertion': samlAssertion,
};
