// The engine's DNS port. Guarantees: an answer is a value, never an exception; "no such name" is only returned after two record types
// agreed; identical questions at the same time are one question on the wire. Answers are kept for their TTL, at most five minutes. It does
// not ask for the root or for names that DNS cannot hold.
import type { Answer, MxData } from 'dns-packet';
import ipaddr from 'ipaddr.js';
import { DNS_ALIASES_MAX, DNS_SECOND_FAMILY_MS } from '@/lib/platform/limits';
import type { DnsAnswer, DnsPort, Learned, MxRecord, Soon } from '../../engine/ports';
import { type CacheLimits, createAnswerCache, type DatedAnswer } from './answer-cache';
import { askServers, type Route, type UnderWay, createResolverRoutes, type RouteOptions } from './ask-servers';
import type { QuestionType } from './message';

export interface DnsPortOptions extends RouteOptions {
  /** Epoch ms, for the answer cache. */
  now?: () => number;
  /** Caches nothing: every question goes out. */
  forgets?: boolean;
}

/** Per question type. With what hangs on it (evidence, the pair of both families) an answer takes about a kilobyte. */
const CACHE_MAX_ENTRIES = 10_000;
const CACHE_POSITIVE_MAX_MS = 300_000;
const CACHE_NEGATIVE_MS = 60_000;
/** Whatever their TTL: a domain that moves to other mail hosts keeps the old ones running for longer than that. */
const MX_TTL_MS = 300_000;
/** A hostile zone can return thousands of records over TCP; delivery never needs more than these. */
const RECORDS_MAX = 64;

/** A kind of question, and how to read its records. */
interface Kind<T> {
  type: QuestionType;
  recordsOf: (answers: readonly Answer[]) => readonly T[];
  ttlMs: (answers: readonly Answer[]) => number;
}

const MX: Kind<MxRecord> = {
  type: 'MX',
  recordsOf: (answers) =>
    answers
      .flatMap((answer) => (answer.type === 'MX' ? mxRecord(answer.data) : []))
      .sort((first, second) => first.preference - second.preference),
  ttlMs: () => MX_TTL_MS,
};
const A: Kind<string> = {
  type: 'A',
  recordsOf: (answers) => [...new Set(answers.flatMap((answer) => (answer.type === 'A' ? answer.data : [])))],
  ttlMs: leastTtlMs,
};
const AAAA: Kind<string> = {
  type: 'AAAA',
  recordsOf: (answers) => [...new Set(answers.flatMap((answer) => (answer.type === 'AAAA' ? answer.data : [])))],
  ttlMs: leastTtlMs,
};

const mxRecord = ({ preference = 0, exchange }: MxData): MxRecord => ({ preference, exchange: hostName(exchange) });

/** Closing gives up what is still being asked, since no one waits for it any more. */
export interface ClosableDnsPort extends DnsPort {
  close(): void;
}

export function createDnsPort(options: DnsPortOptions): ClosableDnsPort {
  const underWay: UnderWay = new Set();
  const routeOf = createResolverRoutes(options);
  const limits: CacheLimits = {
    maxEntries: CACHE_MAX_ENTRIES,
    maxPositiveMs: options.forgets === true ? 0 : CACHE_POSITIVE_MAX_MS,
    negativeMs: options.forgets === true ? 0 : CACHE_NEGATIVE_MS,
    now: options.now ?? Date.now,
  };
  const ask: Ask = (kind, name) => askFor(kind, name, { routeOf, underWay });
  const mx = cachedQuestion(limits, ask, MX);
  const ipv4 = cachedQuestion(limits, ask, A);
  const ipv6 = cachedQuestion(limits, ask, AAAA);

  // The same pair of answers always gives the same combined answer, so that anything stored under an answer is found again.
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
        ? withSecondFamily(a, aaaa).then((both) => bothKnown(...both))
        : bothKnown(a, aaaa);
    },
    // The next layer asks for MX anyway, so for a name that exists this costs nothing.
    exists: (domain) => {
      const answer = mx(domain);
      const isKnown = !(answer instanceof Promise) && answer.kind !== 'no_domain';
      return isKnown ? existenceOf(domain, answer) : existence(domain, answer, () => ipv4(domain));
    },
    close: () => {
      for (const asked of underWay) asked.giveUp();
    },
  };
}

type Ask = <T>(kind: Kind<T>, name: string) => Promise<DatedAnswer<T>>;

function cachedQuestion<T>(limits: CacheLimits, ask: Ask, kind: Kind<T>) {
  const cache = createAnswerCache<T>(limits);
  return (asked: string): Soon<DnsAnswer<T>> => {
    const name = hostName(asked);
    if (!ASKABLE.test(name)) return { kind: 'no_domain' };
    return cache(name, () => ask(kind, name));
  };
}

/** What a name can be (RFC 1035 2.3.4, plus `_`, `*` and `/`, which occur). No one can own any other name. */
const ASKABLE = /^(?=.{1,253}$)[a-z0-9_*/-]{1,63}(?:\.[a-z0-9_*/-]{1,63})*$/;

async function askFor<T>(
  { type, recordsOf, ttlMs }: Kind<T>,
  name: string,
  { routeOf, underWay }: { routeOf: (name: string) => Route; underWay: UnderWay },
): Promise<DatedAnswer<T>> {
  const names = [name];
  const answers: Answer[] = [];
  for (const asked of names) {
    const reply = await askServers({ name: asked, type }, routeOf(asked), underWay);
    if (reply.kind === 'failed') return { answer: { kind: 'temporary', detail: reply.detail }, ttlMs: 0 };
    if (reply.kind === 'no_domain') return { answer: { kind: 'no_domain' }, ttlMs: 0 };
    answers.push(...reply.answers);
    const records = recordsOf(reply.answers);
    const target = records.length === 0 ? aliasedTo(asked, reply.answers) : null;
    if (target === null || names.includes(target)) return { answer: found(records), ttlMs: ttlMs(answers) };
    names.push(target);
    if (names.length > DNS_ALIASES_MAX + 1) break;
  }
  return { answer: { kind: 'temporary', detail: 'ALIASES' }, ttlMs: 0 };
}

/** If a server leaves an alias for us to follow (RFC 1034 4.3.2): its final target within the answer. */
function aliasedTo(name: string, answers: readonly Answer[]): string | null {
  const targets = new Map(
    answers.flatMap((answer) => (answer.type === 'CNAME' ? [[hostName(answer.name), hostName(answer.data)] as const] : [])),
  );
  let at = name;
  for (let left = targets.size; left > 0; left -= 1) at = targets.get(at) ?? at;
  return at === name || !ASKABLE.test(at) ? null : at;
}

/** Aliases on the way count too. */
function leastTtlMs(answers: readonly Answer[]): number {
  const ttls = answers.flatMap((answer) => ('ttl' in answer && answer.ttl !== undefined ? answer.ttl : []));
  return Math.min(...ttls) * 1_000;
}

function found<T>(records: readonly T[]): DnsAnswer<T> {
  return records.length === 0 ? { kind: 'no_data' } : { kind: 'found', records: records.slice(0, RECORDS_MAX) };
}

const LATE = { kind: 'temporary', detail: 'TIMEOUT' } as const;

/** Some name servers never answer for IPv6: if there is an IPv4 address, we do not wait for them until the end. */
async function withSecondFamily(
  a: Soon<DnsAnswer<string>>,
  aaaa: Soon<DnsAnswer<string>>,
): Promise<[DnsAnswer<string>, DnsAnswer<string>]> {
  const ipv4 = await a;
  if (ipv4.kind !== 'found' || !(aaaa instanceof Promise)) return [ipv4, await aaaa];
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve([ipv4, LATE]);
    }, DNS_SECOND_FAMILY_MS);
    void aaaa.then((ipv6) => {
      clearTimeout(timer);
      resolve([ipv4, ipv6]);
    });
  });
}

/** If only one family has records, they are not copied. */
function bothLearned(a: DnsAnswer<string>, aaaa: DnsAnswer<string>): DnsAnswer<string> {
  const both = a.kind === 'found' && aaaa.kind !== 'found' ? a : bothFamilies(a, aaaa);
  const { learned = both.learned } = whenBothLearned(a, aaaa);
  if (learned === undefined) return both;
  return both.kind === 'found' ? { kind: 'found', records: both.records, learned } : { ...both, learned };
}

/** They were asked side by side; the pair is as old as the older of the two. */
function whenBothLearned({ learned: a }: DnsAnswer<string>, { learned: b }: DnsAnswer<string>): { learned?: Learned } {
  if (a === undefined || b === undefined) return {};
  return { learned: { at: Math.min(a.at, b.at), durationMs: Math.max(a.durationMs, b.durationMs) } };
}

/** One family with an answer is enough to deliver; an empty one next to a failed one says nothing. */
function bothFamilies(ipv4: DnsAnswer<string>, ipv6: DnsAnswer<string>): DnsAnswer<string> {
  const records = [ipv4, ipv6].flatMap((answer) => (answer.kind === 'found' ? answer.records : []));
  if (records.length > 0) return found(records);
  if (ipv4.kind === 'temporary') return ipv4;
  if (ipv6.kind === 'temporary') return ipv6;
  // Some load balancers answer NXDOMAIN to AAAA only; the name exists as soon as one family says so.
  return ipv4.kind === ipv6.kind ? ipv4 : { kind: 'no_data' };
}

/** NXDOMAIN applies to all types of a name (RFC 8020), but broken servers return it for single types, so two have to agree. */
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

/** Octets that no host name contains are shown as `?`, and such a name is not looked up. */
const hostName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/[^\x21-\x7e]/g, '?');

/**
 * The name under which DNS keeps the PTR record of an address (RFC 1035 3.5, RFC 3596 2.5). Looked up by this name rather than with
 * `reverse()`, which prefers /etc/hosts, where nearly every machine has a name for itself that no mail host sees.
 */
export function reverseName(address: string): string {
  const parsed = ipaddr.parse(address);
  const bytes = parsed.toByteArray().toReversed();
  if (parsed.kind() === 'ipv4') return `${bytes.join('.')}.in-addr.arpa`;
  return `${bytes.map((byte) => `${(byte & 15).toString(16)}.${(byte >> 4).toString(16)}`).join('.')}.ip6.arpa`;
}
