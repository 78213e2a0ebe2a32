import { labelled } from './detail.ts';

/** Minutes after which the collector asks for new log files, unless it is told another interval. */
const interval = 60;

// What the code of the collector does, and what seems to follow from it: docs/reference/aquila-collector.md §3.5.
const short =
  'an older build of the collector, which never logs in a second time, stops collecting when its session ends';
const long =
  'A longer session does the collector no harm, but whoever gets hold of a token can use it for that much longer.';

/** What a session of so many minutes means to the collector and to others; undefined: as long as the org says. */
export const sessionNotes = (minutes: number | undefined): string[] => [
  ...(minutes === undefined || minutes > 5 ? [long] : []),
  ...(minutes !== undefined && minutes < interval ? [labelled('possibly', short)] : []),
];
