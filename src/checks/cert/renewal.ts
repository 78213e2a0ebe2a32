/** What leads to another certificate for the same key, without anything to do on the collector. */
export const renewal = 'sf aquila cert renew --target-org <org> --admin-org <admin>';
