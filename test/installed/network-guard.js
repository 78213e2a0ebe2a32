// Loaded into every process of sf by NODE_OPTIONS=--import. Connections and names beyond this machine are refused and written down,
// whether or not the code that wants them knows of proxies.
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { syncBuiltinESMExports } from 'node:module';
import { promisify } from 'node:util';

const here = ['localhost', '127.0.0.1', '::1', ''];
const note = (wanted) => appendFileSync(process.env.NETWORK_GUARD_FILE, `${wanted}\n`);
const refusal = (wanted) => Object.assign(new Error(`${wanted} is not this machine`), { code: 'ECONNREFUSED' });

const { connect } = Socket.prototype;
Socket.prototype.connect = function (...words) {
  const [options] = Array.isArray(words[0]) ? words[0] : words;
  const host = typeof options === 'object' ? options?.host : words[1];
  const elsewhere = typeof host === 'string' && !here.includes(host) && !options?.path;
  if (!elsewhere) return connect.apply(this, words);
  note(host);
  process.nextTick(() => this.destroy(refusal(host)));
  return this;
};

const { lookup, promises } = dns;
for (const [call, original] of Object.entries(promises)) {
  if (!/^(lookup|resolve)/.test(call)) continue;
  promises[call] = async (name, ...words) => {
    if (here.includes(name)) return original.call(promises, name, ...words);
    note(name);
    throw refusal(name);
  };
}
const guarded = (name, ...words) => {
  if (here.includes(name)) return lookup(name, ...words);
  note(name);
  process.nextTick(words.at(-1), refusal(name));
};
dns.lookup = Object.assign(guarded, { [promisify.custom]: promises.lookup });
syncBuiltinESMExports();
