/** What is read of single sign-on, with an administrator's session. */
export type SsoRead = object;
