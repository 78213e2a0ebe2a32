import { streams } from '../collector-settings.ts';
import type { HandoverFields } from '../fields.ts';
import { inputFile, inputSettings, sessionNote } from './salesforce-input.ts';

const heading = [
  'Filebeat: the Salesforce input for the streams login, logout, apex and setupaudittrail.',
  'Put it into filebeat.yml on the collector, beside your output. Nothing in it is secret; the key file is.',
  ...sessionNote,
];

const idNote = ['Each input keeps its place under its id. Inferred: the page of this input does not list id.'];

/**
 * The inputs of a `filebeat.yml` (docs/reference/aquila-collector.md §4.1).
 *
 * @param keyPathIsLocal whether the key path is the one on this machine
 */
export const filebeatFormat = (fields: HandoverFields, keyPathIsLocal: boolean): string =>
  inputFile(
    heading,
    'filebeat.inputs',
    streams.map((stream, index) => [
      ['type', 'salesforce'],
      ['id', `salesforce-${stream.name}`, index === 0 ? idNote : []],
      ['enabled', true],
      ...inputSettings(fields, stream, { keyPathIsLocal, notes: index === 0 }),
      ['tags', [`salesforce-${stream.name}`]],
    ])
  );
