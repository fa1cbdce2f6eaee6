// The engine's DNS port on c-ares (node:dns Resolver), which brings UDP with retries over several servers, EDNS and TCP on
// truncation. Promises an answer as a value, never an exception; that "no such name" is only said after two record types
// agreed; and that identical questions at the same time are one question on the wire. Answers are kept for their TTL where
// node tells it (A, AAAA), at most five minutes. Refuses to ask the root or names that DNS cannot hold.
import type { Resolver } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import type { DnsAnswer, DnsPort, Learned, MxRecord, Soon } from '../../engine/ports';
import { type CacheLimits, createAnswerCache, type DatedAnswer } from './answer-cache';
import { createResolverRoutes, type ResolverRoute, type RouteOptions } from './routes';

export interface DnsPortOptions extends RouteOptions {
  /** Epoch ms, for the memory of answers. */
  now?: () => number;
  /** Remembers nothing: every question goes out. */
  forgets?: boolean;
}

/** Of each type. With what hangs on it (evidence, the pair of both families) an answer takes about a kilobyte. */
const CACHE_MAX_ENTRIES = 10_000;
const CACHE_POSITIVE_MAX_MS = 300_000;
const CACHE_NEGATIVE_MS = 60_000;
/** node:dns tells no TTL for MX records. */
const MX_TTL_MS = 300_000;
/** A hostile zone can answer thousands of records over TCP; nobody needs more than these to deliver. */
const RECORDS_MAX = 64;

type Ask<T> = (resolver: Resolver, name: string) => Promise<DatedAnswer<T>>;

export function createDnsPort(options: DnsPortOptions): DnsPort {
  const routeOf = createResolverRoutes(options);
  const limits: CacheLimits = {
    maxEntries: CACHE_MAX_ENTRIES,
    maxPositiveMs: options.forgets === true ? 0 : CACHE_POSITIVE_MAX_MS,
    negativeMs: options.forgets === true ? 0 : CACHE_NEGATIVE_MS,
    now: options.now ?? Date.now,
  };
  const mx = cachedQuestion(limits, routeOf, askMx);
  const ipv4 = cachedQuestion(limits, routeOf, askIpv4);
  const ipv6 = cachedQuestion(limits, routeOf, askIpv6);

  // One answer for one pair of answers, so that who keeps something by an answer finds it again.
  const pairs = new WeakMap<DnsAnswer<string>, { ipv6: DnsAnswer<string>; both: DnsAnswer<string> }>();
  const bothKnown = (a: DnsAnswer<string>, aaaa: DnsAnswer<string>): DnsAnswer<string> => {
    const known = pairs.get(a);
    if (known?.ipv6 === aaaa) return known.both;
    const both = bothLearned(a, aaaa);
    pairs.set(a, { ipv6: aaaa, both });
    return both;
  };

  return {
    mx,
    addresses: (host) => {
      const [a, aaaa] = [ipv4(host), ipv6(host)];
      return a instanceof Promise || aaaa instanceof Promise
        ? Promise.all([a, aaaa]).then((both) => bothKnown(...both))
        : bothKnown(a, aaaa);
    },
    // MX is the question that the next layer asks anyway, so for a name that exists this costs nothing.
    exists: (domain) => {
      const answer = mx(domain);
      const isKnown = !(answer instanceof Promise) && answer.kind !== 'no_domain';
      return isKnown ? existenceOf(domain, answer) : existence(domain, answer, () => ipv4(domain));
    },
  };
}

function cachedQuestion<T>(limits: CacheLimits, routeOf: (name: string) => ResolverRoute, ask: Ask<T>) {
  const cache = createAnswerCache<T>(limits);
  return (asked: string): Soon<DnsAnswer<T>> => {
    const name = hostName(asked);
    // c-ares takes the empty name for the root, which has no mail.
    if (name === '') return { kind: 'no_domain' };
    return cache(name, () => askInTurn(routeOf(name), (resolver) => ask(resolver, name)));
  };
}

async function askInTurn<T>(route: ResolverRoute, ask: (resolver: Resolver) => Promise<DatedAnswer<T>>): Promise<DatedAnswer<T>> {
  let last: DatedAnswer<T> = { answer: { kind: 'temporary', detail: 'NORESOLVER' }, ttlMs: 0 };
  for (const resolver of route.resolvers) {
    try {
      return await route.gate(() => ask(resolver));
    } catch (thrown) {
      last = { answer: dnsFailure(thrown), ttlMs: 0 };
      if (!isServerFailure(last.answer)) return last;
    }
  }
  return last;
}

async function askMx(resolver: Resolver, name: string): Promise<DatedAnswer<MxRecord>> {
  const records = await resolver.resolveMx(name);
  const byPreference = records.toSorted((a, b) => a.priority - b.priority);
  const answer = found(byPreference.map(({ priority, exchange }) => ({ preference: priority, exchange: hostName(exchange) })));
  return { answer, ttlMs: MX_TTL_MS };
}

const askIpv4: Ask<string> = async (resolver, name) => addressAnswer(await resolver.resolve4(name, { ttl: true }));
const askIpv6: Ask<string> = async (resolver, name) => addressAnswer(await resolver.resolve6(name, { ttl: true }));

function addressAnswer(records: readonly { address: string; ttl: number }[]): DatedAnswer<string> {
  return {
    answer: found([...new Set(records.map((record) => record.address))]),
    ttlMs: Math.min(...records.map((record) => record.ttl)) * 1_000,
  };
}

/** c-ares gives an empty list where an alias leads to a name without the record. */
function found<T>(records: readonly T[]): DnsAnswer<T> {
  return records.length === 0 ? { kind: 'no_data' } : { kind: 'found', records: records.slice(0, RECORDS_MAX) };
}

/** The records of one family that has the only ones are not copied. */
function bothLearned(a: DnsAnswer<string>, aaaa: DnsAnswer<string>): DnsAnswer<string> {
  const both = a.kind === 'found' && aaaa.kind !== 'found' ? a : bothFamilies(a, aaaa);
  const { learned = both.learned } = whenBothLearned(a, aaaa);
  if (learned === undefined) return both;
  return both.kind === 'found' ? { kind: 'found', records: both.records, learned } : { ...both, learned };
}

/** They were asked side by side; where one of them is older, that is how old the pair is. */
function whenBothLearned({ learned: a }: DnsAnswer<string>, { learned: b }: DnsAnswer<string>): { learned?: Learned } {
  if (a === undefined || b === undefined) return {};
  return { learned: { at: Math.min(a.at, b.at), durationMs: Math.max(a.durationMs, b.durationMs) } };
}

/** One family that answers is enough to deliver; an empty one beside a failed one says nothing. */
function bothFamilies(ipv4: DnsAnswer<string>, ipv6: DnsAnswer<string>): DnsAnswer<string> {
  const records = [ipv4, ipv6].flatMap((answer) => (answer.kind === 'found' ? answer.records : []));
  if (records.length > 0) return found(records);
  if (ipv4.kind === 'temporary') return ipv4;
  if (ipv6.kind === 'temporary') return ipv6;
  // Some load balancers answer NXDOMAIN to AAAA alone; the name exists as soon as one family says so.
  return ipv4.kind === ipv6.kind ? ipv4 : { kind: 'no_data' };
}

/** NXDOMAIN holds for all types of a name (RFC 8020), but broken servers give it for single types: two have to agree. */
async function existence(
  domain: string,
  asked: Soon<DnsAnswer<MxRecord>>,
  askAgain: () => Soon<DnsAnswer<string>>,
): Promise<DnsAnswer<string>> {
  const mx = await asked;
  if (mx.kind !== 'no_domain') return existenceOf(domain, mx);
  const second = await askAgain();
  return { ...existenceOf(domain, second), ...whenInTurnLearned(mx, second) };
}

function whenInTurnLearned({ learned: a }: DnsAnswer<unknown>, { learned: b }: DnsAnswer<unknown>): { learned?: Learned } {
  if (a === undefined || b === undefined) return {};
  return { learned: { at: a.at, durationMs: a.durationMs + b.durationMs } };
}

function existenceOf(domain: string, answer: DnsAnswer<unknown>): DnsAnswer<string> {
  if (answer.kind === 'no_domain' || answer.kind === 'temporary') return answer;
  const { learned } = answer;
  return { kind: 'found', records: [hostName(domain)], ...(learned && { learned }) };
}

const hostName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/**
 * What a failed question means. Only NXDOMAIN and an empty NOERROR say something about the name; every other failure says
 * something about a server or the way to it, and comes out as temporary. One case cannot be told apart: c-ares 1.34 reports
 * RCODEs it does not know (YXDOMAIN, NOTAUTH …) as ENODATA; no recursive resolver is expected to send them.
 */
type Failure = Exclude<DnsAnswer<never>, { kind: 'found' }>;

/** Turns what node:dns threw into an answer. Codes are those of c-ares as node:dns names them. */
export function dnsFailure(thrown: unknown): Failure {
  const code = codeOf(thrown);
  switch (code) {
    case 'ENOTFOUND':
    // c-ares refuses to ask names that DNS cannot hold (empty label, label over 63 octets, space): nobody can own one.
    case 'EBADNAME':
      return { kind: 'no_domain' };
    case 'ENODATA':
      return { kind: 'no_data' };
    default:
      return { kind: 'temporary', detail: code.replace(/^E(?=[A-Z])/, '') };
  }
}

/** A server said that it cannot or will not answer; another one may. Silence has been tried elsewhere by c-ares already. */
export const isServerFailure = (answer: DnsAnswer<unknown>): boolean =>
  answer.kind === 'temporary' && ['SERVFAIL', 'REFUSED', 'NOTIMP', 'FORMERR'].includes(answer.detail);

function codeOf(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return 'EUNKNOWN';
}

/**
 * The name under which DNS keeps the PTR of an address (RFC 1035 3.5, RFC 3596 2.5). Asked for by this name and not through
 * `reverse()`, because that one believes /etc/hosts first, where nearly every machine names itself as no mail host sees it.
 */
export function reverseName(address: string): string {
  const parsed = ipaddr.parse(address);
  const bytes = parsed.toByteArray().toReversed();
  if (parsed.kind() === 'ipv4') return `${bytes.join('.')}.in-addr.arpa`;
  return `${bytes.map((byte) => `${(byte & 15).toString(16)}.${(byte >> 4).toString(16)}`).join('.')}.ip6.arpa`;
}
