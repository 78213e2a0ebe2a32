import { pollMinutes } from '../../app/session-length.ts';
import { labelled } from './detail.ts';

// What the code of the collector does, and what seems to follow from it: docs/reference/aquila-collector.md §3.5.
const short =
  'an older build of the collector, which never logs in a second time, stops collecting when its session ends';
const long =
  'A longer session does the collector no harm, but whoever gets hold of a token can use it for that much longer.';

/** What a session of so many minutes means to the collector and to others; undefined: as long as the org says. */
export const sessionNotes = (minutes: number | undefined): string[] => [
  ...(minutes === undefined || minutes > 5 ? [long] : []),
  ...(minutes !== undefined && minutes < pollMinutes ? [labelled('possibly', short)] : []),
];
