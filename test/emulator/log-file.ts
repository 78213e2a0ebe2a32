import { gzipSync } from 'node:zlib';
import { insufficientAccess, notFound } from './http.ts';
import type { Context, Reply } from './http.ts';
import { sameId } from './ids.ts';
import { versioned } from './rest.ts';
import { visibleTable } from './soql-result.ts';
import { eventLogFilesOf } from './tables/events.ts';
import type { Asking } from './tables.ts';

/**
 * `GET /services/data/vNN.0/sobjects/EventLogFile/<id>/LogFile`: the CSV, compressed for those who ask (docs/reference/aquila-collector.md
 * §3.1, §5; REST API Developer Guide, "Compression Headers"). Only the instance URL has it.
 */
export const logFile = versioned((context, { user }, base) => {
  const { world, headers, path, now } = context;
  const { org, switches } = world;
  const asking: Asking = { ...world, user, api: 'rest', base, now };
  if (!atInstanceUrl(context)) return notFound();
  const object = visibleTable('EventLogFile', asking);
  if (!object) return notFound();
  const absence = object.table.absence?.(asking);
  if (absence === 'insufficient-access') return insufficientAccess();
  const id = path.split('/').at(-2) ?? '';
  const file = eventLogFilesOf({ org, switches, now }).find((one) => sameId(one.id, id));
  if (!file || absence === 'empty') return notFound();
  if (switches.logFilesNeedViewAllData && !org.permissionsOf(user).viewAllData) return insufficientAccess();
  return compressed(file.content, switches.logFileContentType, headers['accept-encoding']);
});

/** Where the token answer sends its readers: the My Domain, or what the switch `instanceUrl` names. */
function atInstanceUrl({ world, headers }: Context): boolean {
  const { instanceUrl } = world.switches;
  return instanceUrl === '' || new URL(instanceUrl).host === headers.host;
}

function compressed(content: string, contentType: string, accepted = ''): Reply {
  const reply: Reply = { status: 200, headers: { 'Content-Type': contentType }, body: content };
  if (!/\bgzip\b/.test(accepted)) return reply;
  return { ...reply, headers: { ...reply.headers, 'Content-Encoding': 'gzip' }, bytes: gzipSync(content) };
}
