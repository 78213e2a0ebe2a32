import type { KeystoreType } from '../cert/file-set.ts';
import type { Subject } from '../cert/subject.ts';

/** What a person asks for; what is left out is asked, or kept as it is. */
export type SetupRequest = {
  /** Alias or username of an administrator's login. */
  targetOrg: string | undefined;
  /** The integration user. */
  username: string | undefined;
  /** Of the app. */
  name: string;
  contactEmail: string | undefined;
  permissionSets: readonly string[];
  createPermissionSet: boolean;
  profiles: readonly string[];
  /** Of the app, in minutes; left out, what the guide allows. */
  sessionTimeout: number | undefined;
  subject: Subject | undefined;
  outputDir: string;
  keyFile: string | undefined;
  certificateFile: string | undefined;
  keystores: readonly KeystoreType[] | undefined;
  /** Of the stored login. */
  alias: string | undefined;
  /** Where the key lies on the collector. */
  keyPath: string | undefined;
  /** Needed where the org does not show that of an app that exists. */
  clientId: string | undefined;
  bundle: string | undefined;
  /** Minutes to wait until a login works. */
  wait: number;
  dryRun: boolean;
};

/** Whether it says who may use a new app. */
export const grants = ({ permissionSets, profiles, createPermissionSet }: SetupRequest): boolean =>
  createPermissionSet || permissionSets.length + profiles.length > 0;
