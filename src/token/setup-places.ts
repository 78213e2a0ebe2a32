/** Where an administrator mends most causes of a refusal: two places in Setup, and the command that goes there. */
export const policies = 'Setup > External Client App Manager > the app > Policies';
export const settings = 'Setup > External Client App Manager > the app > Settings > OAuth Settings';
export const bringUpToDate = 'sf aquila app create --target-org <admin> --name <app>';
