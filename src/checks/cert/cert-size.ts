import { shellWord } from '../../cert/shell.ts';
import { uploadLimit as limit } from '../../cert/upload-limit.ts';
import { defineCheck, fail, pass, warn } from '../define.ts';
import { newPair } from './new-pair.ts';

export default defineCheck({
  id: 'cert-size',
  title: 'certificate fits the upload limit of 4 KB',
  why: 'Setup takes one certificate of at most 4 KB, without the rest of its chain.',
  fix: newPair,
  needs: ['certificate'],
  judge: ({ certificate: { path, certificate, size, chainLength } }) => {
    const data = { bytes: size, derBytes: certificate.raw.length, chainLength };
    if (certificate.raw.length > limit) {
      const detail = `the certificate alone has ${certificate.raw.length} bytes even as DER, the limit is ${limit}; a shorter subject makes it smaller`;
      return fail(detail, { data });
    }
    const fix = `upload the certificate alone and in the shorter form DER: openssl x509 -in ${shellWord(path)} -outform DER -out server.der`;
    if (chainLength > 1) return warn(`${path} holds ${chainLength} certificates; the app takes one`, { data, fix });
    return size > limit
      ? warn(`${path} has ${size} bytes, the limit is ${limit}`, { data, fix })
      : pass(`${size} bytes`, { data });
  },
});
