import { argv, env, stdout } from 'node:process';
import { readKeyFrom } from '../../src/files/private-key.ts';
import { openNetwork } from '../../src/org/http.ts';
import { deployMetadata, listMetadata, retrieveMetadata } from '../../src/org/metadata.ts';
import { openSession } from '../../src/org/session.ts';

// In a process of its own: queries, lists, retrieves, deploys what it retrieved, and is refused once, as the user whose login is stored.
const session = await openSession(
  argv[2],
  openNetwork(env, () => new Date()),
  readKeyFrom
);
await session.query('SELECT Id FROM User');
const listed = await listMetadata(session, ['ExternalClientApplication', 'ExtlClntAppGlobalOauthSettings']);
if ('refused' in listed) throw new Error(listed.refused.message);
const retrieved = await retrieveMetadata(session, listed.value);
if ('refused' in retrieved) throw new Error(retrieved.refused.message);
const deployed = await deployMetadata(session, { deploy: retrieved.value });
const refused = await listMetadata(session, ['NoSuchType']);
stdout.write(JSON.stringify({ retrieved: retrieved.value.length, deployed, refused }));
