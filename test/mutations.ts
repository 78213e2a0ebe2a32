import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

const isLong = process.env.AQUILA_LONG === '1';

/** How often and from which seed: a sample, the same each time, in `npm test`; all of it, and new each time, in `npm run test:long`. */
export const runs = (sample: number, whole = 50_000): { numRuns: number; seed?: number } => ({
  numRuns: isLong ? whole : sample,
  ...(!isLong && { seed: 20_261_121 }),
});

/** The files of a folder of test/fixtures. */
export function fixturesOf(folder: string, except = /\.(?:md|java)$/): Buffer[] {
  const path = join(import.meta.dirname, 'fixtures', folder);
  return readdirSync(path)
    .filter((file) => !except.test(file))
    .map((file) => readFileSync(join(path, file)));
}

type Edit = { how: 'flip' | 'insert' | 'delete' | 'cut' | 'repeat' | 'splice'; at: number; size: number; byte: number };

const edit: fc.Arbitrary<Edit> = fc.record({
  how: fc.constantFrom('flip', 'flip', 'insert', 'delete', 'cut', 'repeat', 'splice'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  size: fc.integer({ min: 1, max: 64 }),
  byte: fc.oneof(fc.constantFrom(0x00, 0x0a, 0x2d, 0x30, 0x7f, 0x80, 0x84, 0xff), fc.nat(255)),
});

/** Files as an accident or an attacker would leave them: good ones with up to six changes, some of them in the first bytes. */
export function mutated(files: Buffer[]): fc.Arbitrary<Buffer> {
  const file = fc.constantFrom(...files);
  return fc
    .tuple(file, file, fc.array(edit, { minLength: 1, maxLength: 6 }))
    .map(([bytes, other, edits]) => edits.reduce((changed, one) => apply(changed, other, one), bytes));
}

function apply(bytes: Buffer, other: Buffer, { how, at, size, byte }: Edit): Buffer {
  const place = Math.floor((size % 3 === 0 ? at * at * at : at) * bytes.length);
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  switch (how) {
    case 'flip':
      return Buffer.concat([before, Buffer.from([byte]), after.subarray(1)]);
    case 'insert':
      return Buffer.concat([before, Buffer.alloc(size, byte), after]);
    case 'delete':
      return Buffer.concat([before, after.subarray(size)]);
    case 'cut':
      return Buffer.from(before);
    case 'repeat':
      return Buffer.concat([before, after.subarray(0, size), after]);
    case 'splice':
      return Buffer.concat([before, other.subarray(Math.floor(at * other.length))]);
  }
}
