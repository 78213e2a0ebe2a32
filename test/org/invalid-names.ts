import dns from 'node:dns';

/**
 * Lets this process find no host below .invalid, which does not exist by definition (RFC 6761 §6.4), without asking the machine's resolver:
 * that may take seconds, answer for any name, or not be there.
 *
 * @returns undoes it
 */
export function findNoInvalidNames(): () => void {
  const real = dns.lookup;
  const lookup = (host: string, options: object, answer: (error: Error | null, ...found: unknown[]) => void): void => {
    if (!host.endsWith('.invalid')) {
      (real as typeof lookup)(host, options, answer);
      return;
    }
    const words = { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: host };
    process.nextTick(() => answer(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), words)));
  };
  dns.lookup = Object.defineProperties(lookup, Object.getOwnPropertyDescriptors(real)) as unknown as typeof real;
  return () => {
    dns.lookup = real;
  };
}
