import type { IncomingHttpHeaders } from 'node:http';

/**
 * The fields of a form body, urlencoded or multipart (docs/reference/salesforce-oauth.md §1.1). Any other content type, and a body that
 * does not parse, has no fields. Files count as absent.
 */
export async function formFields(body: string, headers: IncomingHttpHeaders): Promise<Map<string, string>> {
  const contentType = headers['content-type'] ?? '';
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(contentType)) return new Map();
  const fields = new Map<string, string>();
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated for servers on the open net, which this is not
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    for (const [name, value] of form) if (typeof value === 'string' && !fields.has(name)) fields.set(name, value);
  } catch {
    return new Map();
  }
  return fields;
}
