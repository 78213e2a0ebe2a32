import { streams, withoutSlash } from '../collector-settings.ts';
import type { HandoverFields } from '../fields.ts';
import { inputFile, inputSettings, listOf, mapOf, sessionNote, verbatim, type Entry } from './salesforce-input.ts';

const heading = [
  'Elastic Agent, standalone: one input with the streams login, logout, apex and setupaudittrail.',
  'Put it into elastic-agent.yml beside your outputs, or as a file of its own into inputs.d. Nothing in it is',
  'secret; the key file is.',
  ...sessionNote,
];

const frameNote = [
  "The settings in a stream are those of Elastic's package. Inferred: the frame around them, that is id,",
  'use_output, streams and data_stream.',
];

/**
 * The input of a standalone policy (docs/reference/aquila-collector.md §4.2).
 *
 * @param keyPathIsLocal whether the key path is the one on this machine
 */
export function elasticAgentFormat(fields: HandoverFields, keyPathIsLocal: boolean): string {
  const settings = streams.map((stream, index): Entry[] => [
    ['id', `salesforce-${stream.name}`],
    [
      'data_stream',
      mapOf([
        ['type', 'logs'],
        ['dataset', `salesforce.${stream.name}`],
      ]),
    ],
    ...inputSettings(fields, stream, { keyPathIsLocal, notes: index === 0 }),
    ['tags', [`salesforce-${stream.name}`]],
    ['processors', listOf([[['add_fields', mapOf(instanceField(fields))]]])],
  ]);
  return inputFile(heading, 'inputs', [
    [
      ['id', 'salesforce'],
      ['type', 'salesforce'],
      ['use_output', 'default', ['The name of one of your outputs.']],
      ['streams', listOf(settings), frameNote],
    ],
  ]);
}

/** In every event, as the package does it. */
const instanceField = ({ instanceUrl }: HandoverFields): Entry[] => [
  ['target', 'salesforce'],
  ['fields', mapOf([['instance_url', verbatim(withoutSlash(instanceUrl))]])],
];
