import type { PermissionSetPlan } from '../app/permission-set.ts';
import type { CertificateFacts } from '../cert/certificate.ts';
import type { CertificateFiles, KeystoreType } from '../cert/file-set.ts';
import type { Subject } from '../cert/subject.ts';
import type { CheckReport } from '../checks/summary.ts';
import type { OpenToGit } from '../files/git-ignore.ts';
import type { HandoverFields } from '../handover/fields.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import type { KeystoreChoice } from '../keystore/choice.ts';
import type { UserChoice } from '../org/find-users.ts';
import type { LoginChoice } from '../org/stored-logins.ts';
import type { CreateAppTalk, ShownPlan } from './app-talk.ts';
import type { BundleState } from './bundle.ts';

/** The steps of `sf aquila setup`, in order. Names are API. */
export const setupSteps = [
  'certificate',
  'permission-set',
  'app',
  'access',
  'wait',
  'login',
  'verify',
  'report',
] as const;
export type SetupStepName = (typeof setupSteps)[number];

/**
 * How a step ended: it changed something, found nothing to do, or failed. After a dry run `planned` says that it would change something.
 * `verify` and `report` are done where a step before them changed something, or where they themselves did.
 */
export type SetupStepStatus = 'done' | 'unchanged' | 'failed' | 'planned';
export type SetupStep = { step: SetupStepName; status: SetupStepStatus };

/** What is asked where no flag says it. */
export type SetupQuestions = {
  org: (logins: readonly LoginChoice[]) => Promise<string>;
  /**
   * @param search finds active users by a part of a name or username
   * @param admin whom it never finds
   */
  user: (search: (text: string) => Promise<UserChoice[]>, admin: string) => Promise<string>;
  contactEmail: () => Promise<string>;
  /** @returns undefined for one that is to be made */
  permissionSet: (proposed: string, names: readonly string[]) => Promise<string | undefined>;
  subject: () => Promise<Subject>;
  keystores: () => Promise<readonly KeystoreType[]>;
  /** @returns undefined where it is not known yet */
  keyPath: () => Promise<string | undefined>;
  clientId: (app: string) => Promise<string>;
};

/** All that a run is going to do, for the eyes of whoever has to agree. */
export type ShownSetup = {
  org: string;
  instanceUrl: string;
  username: string;
  pair: {
    directory: string;
    keyFile: string;
    certificateFile: string;
    copy: string | undefined;
    written: Partial<CertificateFiles>;
    facts: CertificateFacts;
  };
  permissionSet: PermissionSetPlan | undefined;
  app: ShownPlan;
  login: ShownLogin;
  bundle: { path: string; state: BundleState } | undefined;
  dryRun: boolean;
  /** What a person should know before saying yes. */
  doubts: {
    /** The key would get into a commit. */
    openToGit: OpenToGit | undefined;
    /** Another subject was asked for than the certificate has that is there. */
    subject: boolean;
    /** The path on the collector is none. */
    keyPath: string | undefined;
  };
};

export type ShownLogin = {
  /** Nothing of it changes. */
  isStored: boolean;
  /** Whose login is replaced: one of this plugin, or one that another command made, which nothing brings back but to log in again. */
  replaces: 'own' | 'other' | undefined;
  /** What it is going to be called by, if that is new, and whose alias that was. */
  alias: { name: string; takenFrom: string | undefined } | undefined;
  /** The path on the collector, if it is new. */
  keyPath: string | undefined;
};

/** What the command has to do with a person. */
export type SetupTalk = Pick<CreateAppTalk, 'mayChangeForeign'> & {
  /** Undefined where nobody can be asked. */
  questions: SetupQuestions | undefined;
  showPlan: (plan: ShownSetup, changes: boolean) => void;
  /**
   * Asks once, before anything is changed; undefined where nobody can be asked.
   *
   * @param losing whose login of another command is replaced
   */
  confirm: ((losing: string | undefined) => Promise<boolean>) | undefined;
  /** @throws KeystorePasswordMissing and what is wrong with a password */
  keystoreChoice: (types: readonly KeystoreType[]) => Promise<KeystoreChoice>;
  openStages: (
    plan: ShownSetup,
    steps: readonly SetupStepName[]
  ) => Promise<{ goTo: (step: SetupStepName) => void; end: () => void; fail: () => void }>;
  /** Told what to say if the process is interrupted from now on; the answer ends that. */
  onInterruption: (words: () => string) => () => void;
};

/** What stands on the same floor as the setup, and comes in from above. */
export type SetupProof = {
  /** The checks of `sf aquila verify`, with the administrator's eyes. */
  verify: (target: { username: string; adminOrg: string; certificateFile: string }) => Promise<CheckReport>;
  /** The diagnosis for support. */
  diagnosis: (login: StoredLogin, report: CheckReport) => string;
};

export type SetupResult = {
  steps: SetupStep[];
  /** The five fields; left out after a dry run. */
  report?: HandoverFields;
  /** The findings; left out after a dry run. */
  verify?: CheckReport;
};
