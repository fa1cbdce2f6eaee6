// Asks the resolver about names whose answers are known in advance: big mail providers, run by different companies on different name
// servers, and made-up names under real top-level domains. Closed networks deny the former; some access providers answer the latter with
// their own address. Guarantees: an answer within a few seconds, whatever the resolver does, and never from cache; each server is asked
// separately, because a resolver set in which one server sometimes stands in for another is trusted only as much as its worst server.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { RESOLVER_CHECK_FRESH_MS, RESOLVER_CHECK_MAX_MS } from '@/lib/platform/limits';
import type { ResolverHealth } from '@/lib/verdict/health';
import type { Clock, DnsAnswer, DnsPort, ResolverPort, Soon, Trust } from '../../engine/ports';
import { createDnsPort } from './port';
import { systemServers } from './ask-servers';

const KNOWN_NAMES = ['gmail.com', 'outlook.com', 'yahoo.com', 'icloud.com'] as const;
const ENDINGS = ['com', 'org'] as const;
const RANDOM_BYTES = 14;
const TRIES = 2;

export interface ResolverFindings extends ResolverHealth {
  /** The addresses it returns for names that do not exist. */
  invented: readonly string[];
}

export interface CheckedResolver {
  /** `host:port`; none means the system's servers. */
  servers: readonly string[];
}

/** A check that can be repeated. */
export function createResolverCheck({ servers }: CheckedResolver): () => Promise<ResolverFindings> {
  const isChosen = servers.length > 0;
  return async () => {
    // Looked up each time: the system's settings may have changed.
    const each = await Promise.all((isChosen ? servers : systemServers()).map(checkServer));
    return { ...worstOf(each), isChosen };
  };
}

type ServerFindings = Omit<ResolverFindings, 'isChosen'>;

async function checkServer(server: string): Promise<ServerFindings> {
  const dns = createDnsPort({ servers: [server], timeoutMs: RESOLVER_CHECK_MAX_MS, tries: TRIES, forgets: true });
  try {
    return await checkResolver(dns, RESOLVER_CHECK_MAX_MS);
  } finally {
    dns.close();
  }
}

/** A silent server denies nothing. */
const WORST_FIRST = ['denies_known', 'invents', 'healthy', 'silent'] as const;

function worstOf(each: readonly ServerFindings[]): ServerFindings {
  const worst = WORST_FIRST.flatMap((state) => each.find((findings) => findings.state === state) ?? [])[0];
  const invented = each.flatMap((findings) => findings.invented);
  return worst === undefined ? { state: 'silent', detail: 'NORESOLVER', invented } : { ...worst, invented };
}

const LATE = { kind: 'temporary', detail: 'TIMEOUT' } as const;

async function checkResolver(dns: DnsPort, maxMs: number): Promise<ServerFindings> {
  const timer = new AbortController();
  const late = sleep(maxMs, LATE, { signal: timer.signal }).catch(() => LATE);
  const inTime = <T>(answer: Soon<DnsAnswer<T>>): Promise<DnsAnswer<T>> => Promise.race([answer, late]);
  const madeUp = ENDINGS.map((ending) => `${randomBytes(RANDOM_BYTES).toString('hex')}.${ending}`);
  const [known, hosts, addresses] = await Promise.all([
    Promise.all(KNOWN_NAMES.map((name) => inTime(dns.mx(name)))),
    Promise.all(madeUp.map((name) => inTime(dns.mx(name)))),
    Promise.all(madeUp.map((name) => inTime(dns.addresses(name)))),
  ]);
  timer.abort();
  return judge(known, { hosts, addresses });
}

type Answers = readonly DnsAnswer<unknown>[];

function judge(known: Answers, madeUp: { hosts: Answers; addresses: readonly DnsAnswer<string>[] }): ServerFindings {
  const found = known.filter(({ kind }) => kind === 'found').length;
  const denied = known.filter(({ kind }) => kind === 'no_domain' || kind === 'no_data').length;
  const invented = madeUp.addresses.flatMap((answer) => (answer.kind === 'found' ? answer.records : []));
  const exists = [...madeUp.hosts, ...madeUp.addresses].some(({ kind }) => kind === 'found');
  if (denied > 0 && denied >= found) return { state: 'denies_known', detail: null, invented };
  if (exists) return { state: 'invents', detail: null, invented };
  if (found > 0) return { state: 'healthy', detail: null, invented: [] };
  const [detail = null] = known.flatMap((answer) => (answer.kind === 'temporary' ? answer.detail : []));
  return { state: 'silent', detail, invented: [] };
}

/**
 * How far the resolver can be trusted at the moment, for the engine. It is checked when something depends on it, and not again for a short
 * while, so that a resolver that breaks or recovers is noticed without help. Guarantees: names that another server answers (the sandbox's)
 * are exempt, and a resolver that the operator chose is never called broken, since it may be a private one on purpose.
 */
export interface ResolverWatch extends ResolverPort {
  /** Checks again now. */
  check(): Promise<ResolverFindings>;
}

export interface WatchOptions {
  check: () => Promise<ResolverFindings>;
  isChosen: boolean;
  clock: Clock;
  /** Zones that have their own servers. */
  ownZones: readonly string[];
}

export function createResolverWatch({ check, isChosen, clock, ownZones }: WatchOptions): ResolverWatch {
  let last: { findings: ResolverFindings; at: number } | null = null;
  let underWay: Promise<ResolverFindings> | null = null;

  const look = (): Promise<ResolverFindings> => {
    underWay ??= check()
      .then((findings) => {
        last = { findings, at: clock.now() };
        return findings;
      })
      .finally(() => (underWay = null));
    return underWay;
  };
  const findings = (): Soon<ResolverFindings> =>
    last !== null && clock.now() - last.at < RESOLVER_CHECK_FRESH_MS ? last.findings : look();

  return {
    isChosen,
    check: look,
    trustIn: (domain) => {
      if (ownZones.some((zone) => domain === zone || domain.endsWith(`.${zone}`))) return 'proven';
      const found = findings();
      return found instanceof Promise ? found.then(trustOf) : trustOf(found);
    },
    isInvented: (address) => last?.findings.invented.includes(address) === true,
  };
}

function trustOf({ state, isChosen }: ResolverFindings): Trust {
  if (state === 'healthy') return 'proven';
  // Silence is no lie: unanswered questions are already temporary failures.
  return isChosen || state === 'silent' ? 'unproven' : 'broken';
}
