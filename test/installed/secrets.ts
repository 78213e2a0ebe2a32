import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Something that may stand nowhere in clear, and what to call it in the report of a leak: the value itself never gets there. */
export type Secret = { what: string; value: string };

/** A text that a person, a log collector or a bug report could get to see. */
export type Place = { where: string; text: string };

/** The body of a private key, line by line, so that any wrapping of it is found; the first line says only which kind it is. */
export function secretsOfKey(what: string, pem: string): Secret[] {
  return [...pem.matchAll(/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+([^-]+)-----END/g)].flatMap(([, body]) =>
    body!
      .trim()
      .split(/\s+/)
      .slice(1)
      .filter((line) => line.length >= 20)
      .map((value) => ({ what, value }))
  );
}

/** Every file below a folder whose path `wanted` lets through, as text. */
export function files(folder: string, wanted: (file: string) => boolean = () => true): Place[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(wanted)
    .map((file) => ({ where: file, text: readFileSync(file, 'utf8') }));
}

/** Where which secret stands, as it is or as JSON or a URL writes it. */
export function leaks(secrets: Secret[], places: Place[]): string[] {
  const found = secrets.flatMap(({ what, value }) => {
    const forms = [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)];
    return places
      .filter(({ text }) => forms.some((form) => text.includes(form)))
      .map(({ where }) => `${what} in ${where}`);
  });
  return [...new Set(found)];
}
