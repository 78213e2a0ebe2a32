import { blocked, defineCheck, fail, pass } from '../define.ts';
import { keyDefect } from './defect.ts';

const copy = 'write a copy that holds the key alone, and hand that copy over: openssl pkey -in <key> -out server.pem';

const troubles = {
  'key-not-first': ({ firstBlock }: { firstBlock: string }) =>
    `the file begins with the block "${firstBlock}"; sf finds the key behind it, but the collector looks at the first block only`,
  'byte-order-mark': () =>
    'the file begins with a byte order mark; sf reads over it, but the collector finds no key behind it',
  'pem-not-found': () =>
    'sf can read this file, but the collector finds no PEM block in it, since its lines are laid out in an unusual way',
};

export default defineCheck({
  id: 'key-first-block',
  title: 'collector finds the private key in the file',
  why: 'The collector reads only the first PEM block of the file, and that must be the private key.',
  fix: copy,
  needs: ['keyFile'],
  judge: ({ keyFile: { reading } }) => {
    const defect = keyDefect(reading);
    if (!reading.usable) return blocked(defect ?? 'key-readable');
    const { collector, firstBlock } = reading;
    const data = { firstBlock };
    return collector === undefined ? pass(undefined, { data }) : fail(troubles[collector](reading), { data });
  },
});
