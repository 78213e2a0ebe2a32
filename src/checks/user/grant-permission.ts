/** What gives a permission to the integration user. */
export const grantPermission = (permission: string): string =>
  `Setup > Permission Sets > a permission set of <username> > System Permissions: select "${permission}"`;
