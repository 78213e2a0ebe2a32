import type { HttpAnswer } from '../../token/response.ts';

/** Seconds that a slow answer and the whole seconds of the header explain by themselves. */
export const clockTolerance = 60;

/** Seconds by which this machine's clock is ahead of the host's; negative when it is behind; undefined without a `Date` header. */
export const clockSkew = ({ date, receivedAt }: HttpAnswer): number | undefined =>
  date && Math.round((receivedAt.getTime() - date.getTime()) / 1000);

/** `10 min 5 s behind the clock of the host` */
export function skewInWords(skew: number): string {
  const seconds = Math.abs(skew);
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  const size = parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count} ${unit}`])).join(' ');
  return `${size === '' ? '0 s' : size} ${skew > 0 ? 'ahead of' : 'behind'} the clock of the host`;
}
