import type { GrantName } from '../../token/grants.ts';
import { clientCredentials } from './client-credentials.ts';
import type { Flow } from './flow.ts';
import { jwtBearer } from './jwt-bearer.ts';

export const flows: Record<GrantName, Flow> = {
  'jwt-bearer': jwtBearer,
  'client-credentials': clientCredentials,
};
