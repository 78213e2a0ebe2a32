/** What `sf aquila remove` takes away, in this order. Names are API. */
export type RemovalKind = 'app' | 'assignment' | 'permission-set' | 'file' | 'login';

/** Why something stays. Names are API. */
export type LeavingReason =
  | 'not-ours'
  | 'used-by-others'
  | 'default-org'
  | 'own-login'
  | 'not-by-plugin'
  | 'other-app'
  | 'app-unknown'
  | 'username-needed'
  | 'shared-key'
  | 'not-same-key';

/** `planned` after a dry run. `name` is the label of an app, the username of a login or an assignment, or a path. */
export type Removal = { kind: RemovalKind; name: string; status: 'removed' | 'planned' };
export type Leaving = { kind: RemovalKind; name: string; reason: LeavingReason };

export type RemoveRequest = {
  /** Alias or username of an administrator's login. */
  targetOrg: string | undefined;
  /** Of the app. */
  name: string;
  /** The integration user; where it is left out, those whose stored login goes through the app. */
  username: string | undefined;
  files: boolean;
  keystorePassword: string | undefined;
  dryRun: boolean;
  /** Nothing has to be asked. */
  noPrompt: boolean;
};

/** All that a run is going to do, for the eyes of whoever has to agree. */
export type ShownRemoval = {
  org: string;
  /** Nothing, where there is nothing to remove. */
  items: ReadonlyArray<Omit<Removal, 'status'>>;
  left: readonly Leaving[];
  /** Usernames of others who are logged in through the app; undefined where the org does not say, or no app is removed. */
  others: readonly string[] | undefined;
};

/** What the command has to do with a person. */
export type RemoveTalk = {
  showPlan: (plan: ShownRemoval) => void;
  /** Asks once, before anything is changed; undefined where nobody can be asked. */
  confirm: (() => Promise<boolean>) | undefined;
  /** Told what to say if the process is interrupted from now on; the answer ends that. */
  onInterruption: (words: () => string) => () => void;
};
