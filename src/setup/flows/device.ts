import { aquilaError } from '../../errors.ts';
import { mayPass } from '../../org/transport-error.ts';
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

/** Seconds that each `slow_down` adds between two polls (RFC 8628 §3.5), and to which trouble on the way stretches them at most. */
const [slowDown, longestPause] = [5, 60];

/**
 * Asks until a person has answered. They have answered in a browser that knows nothing of this machine's network, so no trouble on the way
 * ends it before the code does.
 *
 * @throws DeviceCodeExpired, or the network's error where that is what the last poll met
 */
async function poll(
  { deviceCode, interval, expiresIn }: DeviceCode,
  input: FlowInput,
  edge: FlowEdge
): Promise<HttpAnswer> {
  const deadline = edge.network.now().getTime() + expiresIn * 1000;
  let seconds = interval;
  for (let trouble: Trouble | undefined; ;) {
    await edge.pause(seconds * 1000);
    if (edge.network.now().getTime() > deadline) return afterDeadline(trouble, expiresIn);
    const polled = await orTrouble(post(input, { grant_type: 'device', code: deviceCode }, input, edge));
    const next = 'error' in polled ? 'busy' : afterPoll(polled.answer);
    if ('answer' in polled && next === 'done') return polled.answer;
    trouble = next === 'busy' ? polled : undefined;
    if (next === 'slow-down') seconds += slowDown;
    // RFC 8628 §3.5 asks for half as many polls.
    if (next === 'busy') seconds = Math.max(seconds, Math.min(seconds * 2, longestPause));
  }
}

/** What came in place of an answer of the flow. */
type Trouble = { answer: HttpAnswer } | { error: Error };

function afterDeadline(trouble: Trouble | undefined, expiresIn: number): HttpAnswer {
  if (!trouble) throw aquilaError('DeviceCodeExpired', [Math.round(expiresIn / 60)]);
  if ('error' in trouble) throw trouble.error;
  return trouble.answer;
}

async function orTrouble(answer: Promise<HttpAnswer>): Promise<Trouble> {
  try {
    return { answer: await answer };
  } catch (error) {
    if (mayPass(error)) return { error };
    throw error;
  }
}

const post = (
  { clientId, authentication }: OauthClient,
  parameters: Record<string, string>,
  { host, audience }: FlowInput,
  { network }: FlowEdge
): Promise<HttpAnswer> =>
  postAsClient({ clientId, authentication }, { endpoint: tokenUrl(host), audience, parameters }, network);
