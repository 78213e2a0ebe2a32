/** What leads to another certificate, step by step: the old pair stays in use until the upload. */
export const newPair = [
  'sf aquila cert create --output-dir next',
  'upload next/server.crt: Setup > External Client App Manager > the app > Settings > OAuth Settings',
  'log in with its key: sf aquila login --username <username> --client-id <client-id> --jwt-key-file next/server.key --instance-url <instance-url>',
].join('\n');
