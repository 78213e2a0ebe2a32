import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { makeTlsPair } from '../emulator/tls.ts';
import { collect, filebeatInputs, logIn, readConfiguration, type CollectorInput } from './collector-client.ts';

/** A hand-written configuration, so that this client is judged without ours. */
const configuration = (url: string): string => `
filebeat.inputs:
  - type: salesforce
    id: one
    enabled: true
    version: 56
    auth.oauth2.jwt_bearer_flow:
      enabled: true
      client.id: id
      client.username: user
      client.key_path: ${fileURLToPath(new URL('../fixtures/keys/rsa2048.key', import.meta.url))}
      url: ${url}
    url: ${url}/downloads
    event_monitoring_method.event_log_file:
      enabled: true
      interval: 1h
      query:
        default: SELECT CreatedDate,LogFile FROM EventLogFile
        value: SELECT CreatedDate,LogFile FROM EventLogFile WHERE CreatedDate > [[ .cursor.event_log_file.last_event_time ]]
      cursor.field: CreatedDate
`;

const logFile = (name: string, CreatedDate: string): object => ({ CreatedDate, LogFile: `/log/${name}` });

describe('the collector of the tests', () => {
  const tls = makeTlsPair();
  const trust = { ca: tls.certificate };
  let server: Server;
  let url: string;
  let requests: string[];
  let answers: Record<string, [number, string]>;
  let input: CollectorInput;

  beforeEach(async () => {
    requests = [];
    server = createServer({ key: tls.key, cert: tls.certificate }, (request, response) => {
      const path = decodeURIComponent(request.url ?? '');
      requests.push(`${request.method} ${path} ${request.headers.authorization ?? '-'}`);
      const [status, body] = answers[path] ?? [404, 'nothing here'];
      response.writeHead(status).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `https://localhost:${(server.address() as AddressInfo).port}`;
    answers = {
      '/services/oauth2/token': [200, JSON.stringify({ access_token: 'token', instance_url: `${url}/queries` })],
    };
    [input] = filebeatInputs(configuration(url)) as [CollectorInput];
  });
  afterEach(async () => {
    server.close();
    await once(server, 'close');
  });

  const answerQuery = (where: string, ...records: object[]): void => {
    const soql = `SELECT CreatedDate,LogFile FROM EventLogFile${where}`;
    answers[`/queries/services/data/v56.0/query?q=${soql}`] = [200, JSON.stringify({ records })];
  };

  it('downloads log files through the Instance URL and asks for records at the address of the login', async () => {
    const [method] = input.methods;
    answerQuery('', logFile('a', '2026-11-19T00:00:00.000+0000'), logFile('b', '2026-11-20T00:00:00.000+0000'));
    answers['/downloads/log/a'] = [200, 'EVENT_TYPE\nLogin\n'];
    answers['/downloads/log/b'] = [200, 'EVENT_TYPE\nLogin\nLogin\n'];
    const session = await logIn(input, trust);
    const run = await collect(input, method!, session, trust);
    expect(run.files).to.deep.equal(['EVENT_TYPE\nLogin\n', 'EVENT_TYPE\nLogin\nLogin\n']);
    expect(run.cursor).to.equal('2026-11-20T00:00:00.000+0000');
    expect(requests).to.deep.equal([
      'POST /services/oauth2/token -',
      'GET /queries/services/data/v56.0/query?q=SELECT CreatedDate,LogFile FROM EventLogFile Bearer token',
      'GET /downloads/log/a Bearer token',
      'GET /downloads/log/b Bearer token',
    ]);
  });

  it('goes on from the cursor of the run before, and keeps it when nothing is new', async () => {
    const [method] = input.methods;
    answerQuery(' WHERE CreatedDate > 2026-11-20T00:00:00.000+0000');
    const session = await logIn(input, trust);
    const run = await collect(input, method!, session, trust, '2026-11-20T00:00:00.000+0000');
    expect(run).to.deep.equal({ records: [], files: [], cursor: '2026-11-20T00:00:00.000+0000' });
  });

  it('stops where a log file is refused', async () => {
    const [method] = input.methods;
    answerQuery('', logFile('a', '2026-11-19T00:00:00.000+0000'));
    const session = await logIn(input, trust);
    const refused = await collect(input, method!, session, trust).catch((error: unknown) => String(error));
    expect(refused).to.equal('Error: unexpected status code 404 for log file');
  });

  it('says of a refused login only that it was refused, after one request', async () => {
    answers['/services/oauth2/token'] = [400, '{"error":"invalid_grant"}'];
    const refused = await logIn(input, trust).catch((error: unknown) => String(error));
    expect(refused).to.equal('Error: session response error: 400');
    expect(requests).to.have.length(1);
  });

  const wrong: Array<[string, string, string]> = [
    ['a second flow', 'auth.oauth2.user_password_flow: { enabled: true }\n    version: 56', 'only one auth provider'],
    ['an old version', 'version: 45', 'not a valid version'],
    ['a version as text', "version: '56'", 'not a valid version'],
  ];
  for (const [what, line, message] of wrong) {
    it(`refuses ${what}`, () => {
      expect(() => filebeatInputs(configuration(url).replace('version: 56', line))).to.throw(message);
    });
  }

  for (const field of ['client.id', 'client.username', 'client.key_path']) {
    it(`refuses a configuration without ${field}`, () => {
      const text = configuration(url).replace(new RegExp(`^ *${field.replace('.', '\\.')}: .*\n`, 'm'), '');
      expect(() => filebeatInputs(text)).to.throw(`${field} is required`);
    });
  }

  it('takes $${ for ${, and refuses a variable', () => {
    expect(readConfiguration("a.b: 'x $${HOME}'")).to.deep.equal({ a: { b: 'x ${HOME}' } });
    expect(() => readConfiguration('a: ${HOME}')).to.throw('has a variable');
  });
});
