import type { HandoverFields } from '../fields.ts';
import { aquilaFormat } from './aquila.ts';
import { envFormat } from './env.ts';

/** The forms in which the five fields are handed over. */
export const formatNames = ['aquila', 'env'] as const;
export type FormatName = (typeof formatNames)[number];

export const formats: Record<FormatName, (fields: HandoverFields, keyPathIsLocal: boolean) => string> = {
  aquila: aquilaFormat,
  env: envFormat,
};
