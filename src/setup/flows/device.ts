import { SfError } from '@salesforce/core/sfError';
import { aquilaError } from '../../errors.ts';
import { postAsClient, type OauthClient } from '../../org/token-client.ts';
import { afterPoll, readDeviceCode, type DeviceCode } from '../../token/device.ts';
import { tokenUrl } from '../../token/endpoint.ts';
import type { HttpAnswer } from '../../token/response.ts';
import type { Flow, FlowEdge, FlowInput } from './flow.ts';

/** RFC 8628 in Salesforce's form: a person allows this machine from any browser, and it asks until then (docs/reference/salesforce-oauth.md §4). */
export const device: Flow = async (input, edge) => {
  const { clientId, scope } = input;
  const parameters = { response_type: 'device_code', ...(scope !== '' && { scope }) };
  // Only the polls prove who the client is.
  const start = await post({ clientId, authentication: { method: 'none' } }, parameters, input, edge);
  const code = readDeviceCode(start);
  if (!code) return start;
  edge.person.enterCode({ ...code, minutes: Math.round(code.expiresIn / 60) });
  return poll(code, input, edge);
};

/** Seconds that each `slow_down` adds between two polls (RFC 8628 §3.5). */
const slowDown = 5;

/** @throws DeviceCodeExpired */
async function poll(
  { deviceCode, interval, expiresIn }: DeviceCode,
  input: FlowInput,
  edge: FlowEdge
): Promise<HttpAnswer> {
  const deadline = edge.network.now().getTime() + expiresIn * 1000;
  for (let seconds = interval; ;) {
    await edge.pause(seconds * 1000);
    if (edge.network.now().getTime() > deadline) throw aquilaError('DeviceCodeExpired', [Math.round(expiresIn / 60)]);
    const answer = await orTimedOut(post(input, { grant_type: 'device', code: deviceCode }, input, edge));
    const next = answer ? afterPoll(answer) : 'timed-out';
    if (answer && next === 'done') return answer;
    if (next === 'slow-down') seconds += slowDown;
    // The host is busy: RFC 8628 §3.5 asks for half as many polls.
    if (next === 'timed-out') seconds *= 2;
  }
}

const post = (
  { clientId, authentication }: OauthClient,
  parameters: Record<string, string>,
  { host, audience }: FlowInput,
  { network }: FlowEdge
): Promise<HttpAnswer> =>
  postAsClient({ clientId, authentication }, { endpoint: tokenUrl(host), audience, parameters }, network);

async function orTimedOut(answer: Promise<HttpAnswer>): Promise<HttpAnswer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SfError && error.name === 'RequestTimedOut') return undefined;
    throw error;
  }
}
