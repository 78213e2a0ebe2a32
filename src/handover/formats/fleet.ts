import { localPathNote, logFileInterval, streams, withoutSlash, withoutVariables } from '../collector-settings.ts';
import type { HandoverFields } from '../fields.ts';

/** The published version of Elastic's package whose variables these are (docs/reference/aquila-collector.md §4.3). */
const packageVersion = '1.7.0';

/** JSON has no comments, so what a person must know stands in the description, which Fleet shows. */
const notes = [
  'Before you send this to Kibana (POST /api/fleet/package_policies), put in the id of your agent policy and the version of the',
  'integration that you have. Inferred: the frame around vars. The names of the variables are those of the package.',
  'client_key_path is the path on the host of the agent: RSA, PEM, not encrypted, readable for the agent.',
  'token_url is required and not used: jwt_url is the audience and the login host.',
  `log_file_interval is ${logFileInterval}, because the default Hourly finds nothing without Salesforce Shield or the Event Monitoring`,
  'add-on (inferred).',
  'object (real-time events) is off; it needs View Real-Time Event Monitoring Data, Enable Storage in Event Manager, and Shield or the',
  'add-on. setupaudittrail needs View Setup and Configuration (inferred).',
];

/**
 * The body of a request that makes a package policy, in Fleet's simplified form (docs/reference/aquila-collector.md §4.3).
 *
 * @param keyPathIsLocal whether the key path is the one on this machine
 */
export function fleetFormat(fields: HandoverFields, keyPathIsLocal: boolean): string {
  const local = keyPathIsLocal ? [`client_key_path: ${localPathNote.join(' ')}.`] : [];
  const description = [...local, ...notes].join(' ');
  const policy = {
    description,
    name: 'salesforce-aquila',
    namespace: 'default',
    policy_ids: ['AGENT_POLICY_ID'],
    package: { name: 'salesforce', version: packageVersion },
    vars: {
      instance_url: withoutVariables(withoutSlash(fields.instanceUrl)),
      jwt_enabled: true,
      username: withoutVariables(fields.username),
      client_id: withoutVariables(fields.clientId),
      client_key_path: withoutVariables(fields.clientKeyPath),
      jwt_url: withoutVariables(withoutSlash(fields.audienceUrl)),
      token_url: 'https://login.salesforce.com',
    },
    inputs: { 'salesforce-salesforce': { enabled: true, streams: streamSettings() } },
  };
  return `${JSON.stringify(policy, undefined, 2)}\n`;
}

/** What differs from the defaults of the package. */
const streamSettings = (): Record<string, object> =>
  Object.fromEntries(
    streams.map(({ name, logFiles, records }) => {
      const vars = {
        ...(logFiles && records && { event_log_file: true, object: records.enabled }),
        ...(logFiles && { log_file_interval: logFileInterval }),
      };
      return [`salesforce.${name}`, { enabled: true, ...(logFiles && { vars }) }];
    })
  );
