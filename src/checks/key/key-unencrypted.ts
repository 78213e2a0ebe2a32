import { blocked, defineCheck, pass } from '../define.ts';
import { failWith, keyDefect, loginWithOtherKey } from './defect.ts';

export default defineCheck({
  id: 'key-unencrypted',
  title: 'private key is not encrypted',
  why: 'Neither sf nor the collector can be given a passphrase, so the file must hold the plain key.',
  fix: loginWithOtherKey,
  needs: ['keyFile'],
  judge: ({ keyFile: { reading } }) => {
    const defect = keyDefect(reading);
    if (defect === 'key-readable') return blocked(defect);
    if (reading.usable || defect !== 'key-unencrypted') return pass();
    return failWith(reading.problem);
  },
});
