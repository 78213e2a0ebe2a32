import { blocked, defineCheck, pass } from '../define.ts';
import { failWith, keyDefect, loginWithOtherKey } from './defect.ts';

export default defineCheck({
  id: 'key-rsa',
  title: 'private key is RSA with 2048 bits or more',
  why: 'Salesforce verifies RS256 signatures only, and sf signs them only with 2048 bits or more.',
  fix: loginWithOtherKey,
  needs: ['keyFile'],
  judge: ({ keyFile: { reading } }) => {
    if (reading.usable) return pass(`RSA, ${reading.bits} bits`, { data: { bits: reading.bits } });
    const defect = keyDefect(reading);
    if (defect !== undefined && defect !== 'key-rsa') return blocked(defect);
    return failWith(reading.problem);
  },
});
