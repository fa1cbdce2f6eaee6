// Finds where a domain's mail goes (RFC 5321 5.1): to its MX hosts by preference, equal ones shuffled; to the domain itself if it has no
// MX; nowhere if it publishes a null MX (RFC 7505). Every host's addresses are resolved, and only those that may be dialed are kept.
// Bounded: a domain with a thousand MX records costs no more than one with ten, and once one host is known, those after it whose name
// servers are silent are not waited for long.
import { BULK_ADDRESSES_AT_ONCE, DNS_OTHER_HOSTS_MS } from '@/lib/platform/limits';
import type { Evidence } from '@/lib/verdict/evidence';
import type { MailHost } from '@/lib/verdict/mail-host';
import { dnsEvidence, learnedAt } from './make-evidence';
import { RecentMap } from './bounded-maps';
import type { DnsAnswer, EnginePorts, MxRecord, Soon } from './ports';
import { withinDeadline } from './deadlines';

const MX_HOSTS_MAX = 10;
const ADDRESSES_A_HOST_MAX = 8;

export type MailHostsOutcome =
  | { kind: 'hosts'; hosts: readonly MailHost[]; implicit: boolean }
  | { kind: 'no_domain' | 'null_mx' | 'no_mx' | 'unroutable' }
  | { kind: 'temporary'; detail: string };

export interface MailHostsAnswer {
  outcome: MailHostsOutcome;
  /** Host names in the order to try, whether or not they have usable addresses. */
  names: readonly string[];
  evidence: readonly Evidence[];
}

interface Lookup {
  domain: string;
  deadline: number;
  ports: Pick<EnginePorts, 'dns' | 'routability' | 'clock' | 'random'>;
}

export async function resolveMailHosts(lookup: Lookup): Promise<MailHostsAnswer> {
  const { domain, ports } = lookup;
  const mx = await ask(lookup, { name: `MX ${domain}`, answer: ports.dns.mx(domain), show: showMx });
  const named = chooseHosts(mx.answer, domain, () => ports.random());
  if (!Array.isArray(named)) return { outcome: named, names: [], evidence: [mx.evidence] };

  const looked = await lookAtAll(lookup, named);
  const hosts = named.map(({ exchange, preference }, index): MailHost => ({
    name: exchange,
    preference,
    addresses: dialable(looked[index]?.answer, ports),
  }));
  return {
    outcome: judge(
      hosts.every(isUsable) ? hosts : hosts.filter(isUsable),
      looked.map(({ answer }) => answer),
      mx.answer.kind === 'no_data',
    ),
    names: hosts.map((host) => host.name),
    evidence: [mx.evidence].concat(looked.map(({ evidence }) => evidence)),
  };
}

/**
 * Once a host has usable addresses, lookups of the hosts after it get only a moment more. Lookups before it are always awaited, since a
 * backup host does not know what the first one knows.
 */
function lookAtAll(lookup: Lookup, named: readonly MxRecord[]): Promise<readonly Asked<string>[]> {
  const { ports } = lookup;
  const show = showAddress(ports);
  const all = named.map(({ exchange }) => ports.dns.addresses(exchange));
  const inTime = all.length > 1 && all.some((answer) => answer instanceof Promise) ? soonAfterFirst(all, ports) : all;
  return Promise.all(
    inTime.map(async (answer, index) => ask(lookup, { name: `A, AAAA ${named[index]?.exchange ?? ''}`, answer, show })),
  );
}

function soonAfterFirst(all: readonly Soon<DnsAnswer<string>>[], ports: Lookup['ports']): Soon<DnsAnswer<string>>[] {
  const answered: (DnsAnswer<string> | null)[] = all.map((answer) => (answer instanceof Promise ? null : answer));
  let timer: ReturnType<typeof setTimeout> | null = null;
  let end: (answer: DnsAnswer<string>) => void = () => undefined;
  const over = new Promise<DnsAnswer<string>>((resolve) => (end = resolve));
  const look = (): void => {
    const pending = answered.indexOf(null);
    if (pending === -1) clearTimeout(timer ?? undefined);
    else if (timer === null && answered.slice(0, pending).some((answer) => dialable(answer, ports).length > 0)) {
      timer = setTimeout(() => {
        end(TOO_LATE);
      }, DNS_OTHER_HOSTS_MS);
    }
  };
  const noted = all.map((answer, index) =>
    answer instanceof Promise
      ? answer.then((known) => {
          answered[index] = known;
          look();
          return known;
        })
      : answer,
  );
  look();
  return noted.map((answer) => (answer instanceof Promise ? Promise.race([answer, over]) : answer));
}

const isUsable = ({ addresses }: MailHost): boolean => addresses.length > 0;

/** The hosts to resolve, in order, or the outcome if there are none. */
function chooseHosts(answer: DnsAnswer<MxRecord>, domain: string, random: () => number): MxRecord[] | MailHostsOutcome {
  if (answer.kind === 'no_domain' || answer.kind === 'temporary') return answer;
  if (answer.kind === 'no_data') return [{ preference: 0, exchange: domain }];
  // A root exchange beside other records is a mistake, which senders skip. Alone it means that the domain takes no mail.
  const named = answer.records.filter((record) => record.exchange !== '');
  if (named.length === 0) return { kind: answer.records.length === 0 ? 'no_mx' : 'null_mx' };
  const hosts = inOrder(
    named.filter((record) => !isAddressLiteral(record.exchange)),
    random,
  );
  return hosts.length === 0 ? { kind: 'unroutable' } : hosts.slice(0, MX_HOSTS_MAX);
}

/** By preference, equal ones in random order (RFC 5321 5.1: "must randomize them"). A host listed twice is kept once. */
function inOrder(records: readonly MxRecord[], random: () => number): MxRecord[] {
  const drawn = records.map((record) => ({ record, lot: random() }));
  drawn.sort((a, b) => a.record.preference - b.record.preference || a.lot - b.lot);
  const seen = new Set<string>();
  return drawn.flatMap(({ record }) => {
    if (seen.has(record.exchange)) return [];
    seen.add(record.exchange);
    return [record];
  });
}

/** `MX 10 192.0.2.1`: an MX names a host, never an address. */
const isAddressLiteral = (exchange: string): boolean =>
  /^[\d.]+$/.test(exchange) || exchange.includes(':') || exchange.startsWith('[');

function dialable(answer: DnsAnswer<string> | null | undefined, ports: Lookup['ports']): readonly string[] {
  if (answer?.kind !== 'found') return [];
  return answer.records.filter((address) => ports.routability.isDialable(address)).slice(0, ADDRESSES_A_HOST_MAX);
}

function judge(usable: readonly MailHost[], answers: readonly DnsAnswer<string>[], implicit: boolean): MailHostsOutcome {
  if (usable.length > 0) return { kind: 'hosts', hosts: usable, implicit };
  for (const answer of answers) if (answer.kind === 'temporary') return answer;
  const hasAddresses = answers.some((answer) => answer.kind === 'found');
  return { kind: implicit && !hasAddresses ? 'no_mx' : 'unroutable' };
}

interface Question<T> {
  name: string;
  answer: Soon<DnsAnswer<T>>;
  show: (record: T) => string;
}

interface Asked<T> {
  answer: DnsAnswer<T>;
  evidence: Evidence;
}

const TOO_LATE = { kind: 'temporary', detail: 'TIMEOUT' } as const;

function ask<T>({ deadline, ports }: Lookup, question: Question<T>): Soon<Asked<T>> {
  const startedAt = ports.clock.now();
  const answer = withinDeadline(question.answer, deadline, ports.clock);
  return answer instanceof Promise
    ? answer.then((late) => witness(ports, question, { answer: late ?? TOO_LATE, startedAt }))
    : witness(ports, question, { answer: answer ?? TOO_LATE, startedAt });
}

type Witnessed = RecentMap<object, { question: string; evidence: Evidence }>;

/**
 * Evidence by answer, so that an answer from memory keeps the evidence of the original question. One map per routability port, since the
 * text says which addresses are public. Kept for less time than the answers, or it would take a kilobyte per domain; the domains of one
 * mail host come together.
 */
const witnessed = new WeakMap<EnginePorts['routability'], Witnessed>();
const WITNESSED_KEPT_MS = 15_000;
/** One for the MX records and one for the addresses. */
const WITNESSED_MAX = 2 * BULK_ADDRESSES_AT_ONCE;

function witness<T>(
  { clock, routability }: Lookup['ports'],
  { name, show }: Question<T>,
  { answer, startedAt }: { answer: DnsAnswer<T>; startedAt: number },
): Asked<T> {
  const after = { ms: WITNESSED_KEPT_MS, now: () => clock.now() };
  const kept =
    witnessed.get(routability) ?? new RecentMap<object, { question: string; evidence: Evidence }>(WITNESSED_MAX, { after });
  witnessed.set(routability, kept);
  const known = kept.get(answer);
  if (known?.question === name && answer !== TOO_LATE) return { answer, evidence: known.evidence };
  const evidence = dnsEvidence('mx', `${name}: ${showAnswer(answer, show)}`, learnedAt(answer, startedAt, clock.now()));
  kept.set(answer, { question: name, evidence });
  return { answer, evidence };
}

function showAnswer<T>(answer: DnsAnswer<T>, show: (record: T) => string): string {
  switch (answer.kind) {
    case 'found':
      return answer.records.map(show).join(', ');
    case 'no_data':
      return 'no such record';
    case 'no_domain':
      return 'NXDOMAIN';
    case 'temporary':
      return answer.detail;
  }
}

const showMx = (record: MxRecord): string => `${String(record.preference)} ${record.exchange === '' ? '.' : record.exchange}`;

const showAddress =
  (ports: Lookup['ports']) =>
  (address: string): string =>
    ports.routability.isDialable(address) ? address : `${address} (not public)`;
