// Plays the cases. Each has its own address, `/cases/<number>`, where its exchanges follow one another. Each request is checked against the
// case, and faults are reported when the case is over. No dependencies.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Case, type Exchange, findDifference } from './case';
import { checkForm } from './form';

interface Played {
  case: Case;
  /** Headers of the requests so far. */
  asked: IncomingMessage['headers'][];
  faults: string[];
  answeredAt: number;
}

export interface PlayServer {
  url: string;
  begin: (number: number, played: Case) => void;
  /** Ends the case and returns what was wrong with its requests. */
  end: (number: number) => string[];
  close: () => Promise<void>;
}

export interface Expected {
  /** What every request's user agent has to match. */
  userAgent: RegExp;
  fixtures: Record<string, unknown>;
}

export async function startPlayServer({ userAgent, fixtures }: Expected): Promise<PlayServer> {
  const running = new Map<number, Played>();
  const server = createServer((request, response) => {
    const [, number = '', path = ''] = /^\/cases\/(\d+)(\/.*)$/.exec(request.url ?? '') ?? [];
    const played = running.get(Number(number));
    if (!played) return void response.writeHead(404).end();
    void play({ played, path, request, response, userAgent, fixtures }).catch((error: unknown) => {
      played.faults.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    begin: (number, played) => running.set(number, { case: played, asked: [], faults: [], answeredAt: 0 }),
    end: (number) => settle(running, number),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function settle(running: Map<number, Played>, number: number): string[] {
  const played = running.get(number);
  running.delete(number);
  if (!played) return ['it was never begun'];
  const { exchanges } = played.case;
  const missing = exchanges.length - played.asked.length;
  return missing > 0 ? [...played.faults, `${missing} of ${exchanges.length} requests never came`] : played.faults;
}

interface Play extends Expected {
  played: Played;
  path: string;
  request: IncomingMessage;
  response: ServerResponse;
}

async function play(call: Play): Promise<void> {
  const { played, request, response, path } = call;
  const at = played.asked.push(request.headers) - 1;
  const exchange = played.case.exchanges[at];
  if (!exchange) {
    played.faults.push(`request ${at + 1} should not have come: ${request.method} ${path}`);
    return void response.writeHead(500, { 'x-request-id': 'req_unexpected' }).end();
  }
  const told = (fault: string) => played.faults.push(`request ${at + 1}: ${fault}`);
  checkHead(call, exchange, told);
  const [least, most] = exchange.request.after_ms ?? [0, Infinity];
  const waited = Date.now() - played.answeredAt;
  // If the client did not wait for the previous answer, there is nothing to measure from.
  const isAnswered = played.answeredAt > 0;
  if (isAnswered && (waited < least || waited > most)) told(`came after ${waited} ms, expected ${least} to ${most}`);
  if (!exchange.answer.is_early) {
    const body = await readAll(request);
    if (body !== null) checkBody(exchange, request, body).forEach(told);
  }
  await new Promise((done) => setTimeout(done, exchange.answer.delay_ms));
  played.answeredAt = Date.now();
  answer(call, exchange);
}

function checkHead(
  { played, path, request, userAgent }: Play,
  { request: expected }: Exchange,
  told: (fault: string) => void,
): void {
  const { pathname, searchParams } = new URL(path, 'http://any');
  if (request.method !== expected.method || pathname !== expected.path)
    told(`is ${request.method} ${pathname}, expected ${expected.method} ${expected.path}`);
  const query = Object.fromEntries(searchParams);
  const difference = findDifference(expected.query, query, 'query') ?? findDifference(query, expected.query, 'query');
  if (difference !== null) told(difference);
  const own = { authorization: 'Bearer evk_test_conformance', 'user-agent': `/${userAgent.source}/`, ...expected.headers };
  for (const [name, value] of Object.entries(own)) {
    const found = String(request.headers[name] ?? '');
    if (!isHeader(value, found, name, played.asked)) told(`header ${name} is "${found}", expected ${value}`);
  }
  for (const name of expected.no_headers) if (request.headers[name] !== undefined) told(`header ${name} should not be there`);
}

function isHeader(expected: string, found: string, name: string, asked: Played['asked']): boolean {
  if (expected === '*') return found !== '';
  const pattern = /^\/(.*)\/$/.exec(expected)?.[1];
  if (pattern !== undefined) return new RegExp(pattern).test(found);
  const same = /^=(\d+)$/.exec(expected)?.[1];
  return found === (same === undefined ? expected : asked[Number(same)]?.[name]);
}

/** Null if the client disconnected. */
const readAll = (request: IncomingMessage): Promise<Buffer | null> => buffer(request).catch(() => null);

function checkBody({ request: expected }: Exchange, request: IncomingMessage, body: Buffer): string[] {
  const type = request.headers['content-type'] ?? '';
  if (expected.form) return checkForm(expected.form, type, body);
  if (expected.json === undefined) return body.length > 2 ? [`has a body: ${body.toString().slice(0, 200)}`] : [];
  if (!type.startsWith('application/json')) return [`content-type is "${type}"`];
  const found: unknown = JSON.parse(body.toString());
  const difference = findDifference(expected.json, found, 'body') ?? findDifference(found, expected.json, 'body');
  const unsaid = namesOf(expected.json).filter((name) => !namesOf(found).includes(name));
  // To remove a value, null has to be sent.
  if (unsaid.length > 0) return [`the body does not have ${unsaid.join(', ')}`];
  return difference === null ? [] : [difference];
}

const namesOf = (value: unknown): string[] => (typeof value === 'object' && value !== null ? Object.keys(value) : []);

function answer({ response, fixtures }: Play, { answer: given }: Exchange): void {
  if (given.drop === 'before_answer') return void response.destroy();
  const value = given.fixture === undefined ? filled(given.json, fixtures) : merge(fixtures[given.fixture], given.merge ?? {});
  const text = given.text ?? (value === undefined ? '' : JSON.stringify(value));
  const type = given.status >= 400 && value !== undefined ? 'application/problem+json' : 'application/json';
  const headers = Object.entries({ 'content-type': type, 'x-request-id': 'req_conformance', ...given.headers });
  for (const [name, header] of headers) response.setHeader(name, withDates(header));
  if (given.drop === 'mid_body') response.setHeader('content-length', String(Buffer.byteLength(text) + 100));
  response.writeHead(given.status);
  if (given.drop === undefined) return void response.end(text);
  response.write(text, () => setTimeout(() => response.destroy(), 50));
}

/** `{{now+2}}`: an HTTP date. */
const withDates = (text: string): string =>
  text.replace(/\{\{now\+(\d+)\}\}/, (_, seconds: string) => new Date(Date.now() + Number(seconds) * 1_000).toUTCString());

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Replaces `{"$fixture": "list", …overrides}` with the fixture and its overrides. */
function filled(value: unknown, fixtures: Expected['fixtures']): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(item, fixtures));
  if (!isObject(value)) return value;
  const { $fixture: name, ...own } = value;
  if (typeof name === 'string') return merge(fixtures[name], own);
  return Object.fromEntries(Object.entries(own).map(([key, item]) => [key, filled(item, fixtures)]));
}

function merge(base: unknown, change: unknown): unknown {
  if (!isObject(base) || !isObject(change)) return change;
  return Object.entries(change).reduce<Record<string, unknown>>(
    (merged, [name, value]) => ({ ...merged, [name]: merge(base[name], value) }),
    base,
  );
}
