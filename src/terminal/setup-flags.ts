import { Messages } from '@salesforce/core/messages';
import { Flags } from '@salesforce/sf-plugins-core';
import { defaultAppName } from '../app/name.ts';
import { keystoreTypes } from '../cert/file-set.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'setup');
const summary = (flag: string): string => messages.getMessage(`flags.${flag}.summary`);
const description = (flag: string): string => messages.getMessage(`flags.${flag}.description`);

/** What `sf aquila setup` takes. */
export const setupFlags = {
  'target-org': Flags.string({ char: 'o', summary: summary('target-org') }),
  username: Flags.string({ summary: summary('username') }),
  name: Flags.string({ summary: summary('name'), default: defaultAppName }),
  'contact-email': Flags.string({ summary: summary('contact-email') }),
  'permission-set': Flags.string({ summary: summary('permission-set'), multiple: true, multipleNonGreedy: true }),
  'create-permission-set': Flags.boolean({
    summary: summary('create-permission-set'),
    description: description('create-permission-set'),
  }),
  profile: Flags.string({ summary: summary('profile'), multiple: true, multipleNonGreedy: true }),
  'session-timeout': Flags.integer({ summary: summary('session-timeout') }),
  subject: Flags.string({ summary: summary('subject'), exclusive: ['jwt-key-file'] }),
  'output-dir': Flags.directory({ char: 'd', summary: summary('output-dir'), default: '.' }),
  'jwt-key-file': Flags.file({ char: 'f', summary: summary('jwt-key-file') }),
  'certificate-file': Flags.file({ summary: summary('certificate-file'), dependsOn: ['jwt-key-file'] }),
  keystore: Flags.option({ summary: summary('keystore'), options: keystoreTypes, multiple: true })(),
  'keystore-password-file': Flags.string({ summary: summary('keystore-password-file'), dependsOn: ['keystore'] }),
  alias: Flags.string({ char: 'a', summary: summary('alias') }),
  'client-id': Flags.string({ char: 'i', summary: summary('client-id') }),
  'key-path': Flags.string({ summary: summary('key-path') }),
  bundle: Flags.file({ summary: summary('bundle'), description: description('bundle') }),
  wait: Flags.integer({ summary: summary('wait'), description: description('wait'), default: 30, min: 0, max: 120 }),
  'dry-run': Flags.boolean({ summary: summary('dry-run') }),
  'no-prompt': Flags.boolean({ summary: summary('no-prompt') }),
};
