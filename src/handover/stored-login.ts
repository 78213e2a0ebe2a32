/**
 * What `sf` keeps of one login, as far as the hand-over and the checks need it. No secret is among it: the access token stays where sf
 * stores it. Fields are missing where another command made the login (docs/reference/sf-cli.md §5).
 */
export type StoredLogin = {
  username: string;
  alias?: string | undefined;
  clientId?: string | undefined;
  /** Absolute path of the private key on this machine. */
  keyPath?: string | undefined;
  /** Where the org's API is; from the token answer. */
  instanceUrl?: string | undefined;
  /** Where `sf` refreshes the token, and its audience unless `jwtAudience` says otherwise. */
  loginUrl?: string | undefined;
  /** The audience of the assertion, verbatim; only a login by this plugin has it. */
  jwtAudience?: string | undefined;
  orgId?: string | undefined;
  /** Whose login it is, 18 characters. */
  userId?: string | undefined;
  /** Path of the key on the log collector, as `report --key-path` remembers it. */
  aquilaKeyPath?: string | undefined;
  /** Absolute path of the bundle for the vendor, as `setup --bundle` remembers it. */
  bundlePath?: string | undefined;
};

const withoutSlash = (url: string | undefined): string | undefined => url?.replace(/\/+$/, '');

/** The audience URL: what the collector uses as `aud` and, with the path of the endpoint behind it, as the address of its POST. */
export const audienceOf = (login: StoredLogin): string | undefined => login.jwtAudience ?? withoutSlash(login.loginUrl);

/** The base URL that this machine logs in at; it differs from the audience only where the user asked for that. */
export const tokenHostOf = (login: StoredLogin): string | undefined => withoutSlash(login.loginUrl);

/** How a person calls the org in a command: the alias where there is one. */
export const nameOf = (login: StoredLogin): string => login.alias ?? login.username;

/** The client id of sf's own app, which has no secret and which files of old logins do not name. */
export const appOfSf = 'PlatformCLI';
