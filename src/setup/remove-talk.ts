/** What `sf aquila remove` takes away, in this order. Names are API. */
export type RemovalKind = 'app' | 'assignment' | 'permission-set' | 'file' | 'login';

export const removalKinds: readonly RemovalKind[] = ['app', 'assignment', 'permission-set', 'file', 'login'];

/** Why something stays. Names are API. */
export type LeavingReason =
  | 'not-ours'
  | 'used-by-others'
  | 'given-permission-set'
  | 'default-org'
  | 'not-by-plugin'
  | 'other-app'
  | 'other-org'
  | 'app-unknown'
  | 'username-needed'
  | 'files-not-asked'
  | 'shared-key'
  | 'earlier-key'
  | 'other-name'
  | 'locked'
  | 'not-same-key'
  | 'not-the-bundle';

/** `name` is the label of an app, the username of a login or an assignment, the API name of a permission set, or a path. */
export type RemovedPart = {
  kind: RemovalKind;
  name: string;
  /** API name of the permission set that is assigned; only assignments have it. */
  permissionSet?: string;
};

/** `planned` after a dry run. */
export type Removal = RemovedPart & { status: 'removed' | 'planned' };
export type Leaving = RemovedPart & {
  reason: LeavingReason;
  /** Username of a stored login that needs it, for a key that several have. */
  neededBy?: string;
  /** The command that takes it away, where there is one and only a person can know whether it may go. */
  undo?: string;
};

export type RemoveRequest = {
  /** Alias or username of an administrator's login. */
  targetOrg: string | undefined;
  /** Of the app. */
  name: string;
  /** The integration user; where it is left out, those whose stored login goes through the app. */
  username: string | undefined;
  files: boolean;
  dryRun: boolean;
  /** Nothing has to be asked. */
  noPrompt: boolean;
};

/** All that a run is going to do, for the eyes of whoever has to agree. */
export type ShownRemoval = {
  org: string;
  /** Nothing, where there is nothing to remove. */
  items: readonly RemovedPart[];
  left: readonly Leaving[];
  /** Usernames of others who are logged in through the app; undefined where the org does not say, or no app is removed. */
  others: readonly string[] | undefined;
};

/** What the command has to do with a person. */
export type RemoveTalk = {
  showPlan: (plan: ShownRemoval) => void;
  /** Asks once, before anything is changed; undefined where nobody can be asked. */
  confirm: (() => Promise<boolean>) | undefined;
  /** The password of a keystore that is to go; undefined where nobody has given one. */
  keystorePassword: (file: string) => Promise<string | undefined>;
  /** Progress, with one stage for each kind of thing that goes. */
  openStages: (
    org: string,
    kinds: readonly RemovalKind[]
  ) => Promise<{ goTo: (kind: RemovalKind) => void; end: () => void; fail: () => void }>;
  /** Told what to say if the process is interrupted from now on; the answer ends that. */
  onInterruption: (words: () => string) => () => void;
};
