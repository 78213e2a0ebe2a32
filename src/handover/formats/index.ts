import type { HandoverFields } from '../fields.ts';

/** The forms in which the five fields are handed over. */
export const formatNames = ['aquila', 'env', 'filebeat', 'elastic-agent', 'fleet', 'mulesoft', 'kafka'] as const;
export type FormatName = (typeof formatNames)[number];

type Format = (fields: HandoverFields, keyPathIsLocal: boolean) => string;

/** Each is loaded when it is asked for: the YAML library takes some 50 ms, and the five fields need none of it. */
const formats: Record<FormatName, () => Promise<Format>> = {
  aquila: async () => (await import('./aquila.ts')).aquilaFormat,
  env: async () => (await import('./env.ts')).envFormat,
  filebeat: async () => (await import('./filebeat.ts')).filebeatFormat,
  'elastic-agent': async () => (await import('./elastic-agent.ts')).elasticAgentFormat,
  fleet: async () => (await import('./fleet.ts')).fleetFormat,
  mulesoft: async () => (await import('./mulesoft.ts')).mulesoftFormat,
  kafka: async () => (await import('./kafka.ts')).kafkaFormat,
};

/**
 * The five fields in a form that somebody can use as it is.
 *
 * @param keyPathIsLocal whether the key path is the one on this machine
 */
export const inFormat = async (name: FormatName, fields: HandoverFields, keyPathIsLocal: boolean): Promise<string> =>
  (await formats[name]())(fields, keyPathIsLocal);
