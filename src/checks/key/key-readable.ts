import { defineCheck, pass } from '../define.ts';
import { failWith, keyDefect, loginWithOtherKey } from './defect.ts';

export default defineCheck({
  id: 'key-readable',
  title: 'key file holds a private key',
  why: 'The login is signed with this key, and sf reads the file again whenever it renews the login.',
  fix: loginWithOtherKey,
  needs: ['keyFile'],
  reads: 'keyFile',
  judge: ({ keyFile: { path, reading } }) => {
    if (reading.usable || keyDefect(reading) !== 'key-readable') return pass(path);
    return failWith(reading.problem);
  },
});
