/** Stands in the description of every app that this plugin made or was allowed to change. Never reword it: it is how they are known again. */
const marker = 'managed by sf aquila';

const purpose = 'Lets the log collector of CyTech AQUILA log in without a person';

/** Whether a description says that this plugin made the app. */
export const isMarked = (description: string | null | undefined): boolean =>
  (description ?? '').toLowerCase().includes(marker);

/** The description with the marker at its end; unchanged where it has it. */
export function withMarker(description: string | undefined): string {
  if (isMarked(description)) return description ?? '';
  const words = (description ?? '').trim().replace(/[.,;]+$/, '');
  return `${words === '' ? purpose : words}, ${marker}`;
}
