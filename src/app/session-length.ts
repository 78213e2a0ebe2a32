/** Minutes from one query of log files to the next, unless the collector is told another time (docs/reference/aquila-collector.md §4.3). */
export const pollMinutes = 60;

/** The guide's range, in minutes. */
const guide = { least: 1, most: 5 };

/** What an app gets that has no session of either kind, in minutes. */
export const guideMinutes = guide.most;

/**
 * Whether a session may stay as long as it is where nobody asks for another: the guide wants it, or somebody chose it so that builds of
 * the collector which never log in again go on (docs/reference/aquila-collector.md §3.5).
 *
 * @param minutes undefined where the org's own setting holds
 */
export const maySessionStay = (minutes: number | undefined): boolean =>
  minutes !== undefined && (minutes >= pollMinutes || (minutes >= guide.least && minutes <= guide.most));
