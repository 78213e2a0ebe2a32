import type { RenewalKind } from '../cert/renewal.ts';
import type { CertificateFacts } from '../cert/certificate.ts';
import type { LoginChoice } from '../org/stored-logins.ts';
import type { LeftBeside, RenewSecrets } from './renew-set.ts';

/** The stages of a renewal, in order. */
export const renewStages = ['stage', 'deploy', 'prove', 'replace'] as const;
export type RenewStage = (typeof renewStages)[number];

export type RenewRequest = {
  /** Alias or username of the integration user's login. */
  targetOrg: string | undefined;
  /** The same of an administrator's. */
  adminOrg: string | undefined;
  /** Of the app; found by the client id of the login if left out. */
  name: string | undefined;
  rekey: boolean;
  sideBySide: boolean;
  /** Only when fewer than `warnDays` are left. */
  ifNeeded: boolean;
  warnDays: number;
  /** Whole days that the new certificate is good for. */
  days: number;
  /** Minutes that the proof may take. */
  wait: number;
  dryRun: boolean;
};

/** All that a run is going to do, for the eyes of whoever has to agree. */
export type ShownRenewal = {
  kind: RenewalKind;
  /** An earlier run began it. */
  resumed: boolean;
  app: string;
  org: string;
  instanceUrl: string;
  present: CertificateFacts;
  /** What the app holds, where that is another one. */
  heldOther: string | undefined;
  /** The org does not show it. */
  hidden: boolean;
  next: CertificateFacts;
  /** Absolute. */
  folder: string;
  /** Where the new files wait until their certificate is proven. */
  waiting: string;
  /** Names of the files that are made anew in that folder. */
  files: readonly string[];
  left: readonly LeftBeside[];
  /** Usernames of other stored logins with the same key. */
  others: readonly string[];
  /** Of the app that is made beside the first one. */
  beside?: string;
};

/** What the command has to do with a person. */
export type RenewTalk = {
  /** Asks whose session reads and changes the app; undefined where nobody can be asked. */
  askAdmin: ((logins: readonly LoginChoice[]) => Promise<string>) | undefined;
  secrets: RenewSecrets;
  showPlan: (plan: ShownRenewal) => void;
  /** Asks once, before anything is changed; undefined where nobody can be asked. */
  confirm: (() => Promise<boolean>) | undefined;
  openStages: (plan: ShownRenewal) => Promise<{ goTo: (stage: RenewStage) => void; end: () => void; fail: () => void }>;
};

/** The result of `cert renew`. */
export type RenewResult = {
  /** The one in force when the command ended. */
  certificate: CertificateFacts;
  rekeyed: boolean;
  /** This run put it into the app. */
  deployed: boolean;
  /** The org showed it, or granted a login that only it makes possible. */
  verified: boolean;
  /** Absolute paths of the files that were kept. */
  backup: string[];
  /** Seconds from the deployment of a new key's certificate to the first login with it: for so long neither key may have been good. */
  gapSeconds?: number;
  /** The app that was made beside the first one, and its client id. */
  app?: string;
  clientId?: string;
  /** Absolute path of the new key, where it lies in a place of its own. */
  keyFile?: string;
};
