// Recognizes the provider behind a domain's mail hosts. An exact host name beats a pattern, and a pattern beats the longest suffix. Hosts
// are examined in their order, so that the preferred one decides. The greeting is used only if no host name is known (a customer's own name
// on a provider's host). Null: no known provider.
import { getDomain } from 'tldts';
import type { Provider } from '@/lib/verdict/mail-host';
import { withinDeadline } from '../deadlines';
import type { Clock, DnsAnswer, DnsPort, MxRecord, Soon } from '../ports';
import { CLASS_DEFAULTS, GREETINGS, PROVIDERS, type ProviderCard } from './providers.data';

const EXACT = new Map<string, ProviderCard>();
const SUFFIX = new Map<string, ProviderCard>();
const PATTERNS: (readonly [RegExp, ProviderCard])[] = [];
const BY_ID = new Map<string, Provider>();

for (const card of PROVIDERS) {
  for (const name of card.exact ?? []) EXACT.set(name, card);
  for (const name of card.suffix ?? []) SUFFIX.set(name, card);
  for (const pattern of card.pattern ?? []) PATTERNS.push([pattern, card]);
  BY_ID.set(card.id, behaviorOf(card));
}

export function recognizeProvider(clues: { mxHosts: readonly string[]; greeting: string | null }): Provider | null {
  for (const host of clues.mxHosts) {
    const card = findCard(host.toLowerCase().replace(/\.$/, ''));
    if (card !== null) return BY_ID.get(card.id) ?? null;
  }
  const { greeting } = clues;
  const greeted = greeting === null ? undefined : GREETINGS.find(({ pattern }) => pattern.test(greeting));
  return greeted === undefined ? null : (BY_ID.get(greeted.id) ?? null);
}

/** The complete behavior: values that the card leaves out come from its class. */
function behaviorOf(card: ProviderCard): Provider {
  const { id, name, class: kind, ...own } = card;
  const { acceptance, maxRecipients, pace } = { ...CLASS_DEFAULTS[kind], ...own };
  return { id, name, class: kind, acceptance, maxRecipients, pace };
}

function findCard(host: string): ProviderCard | null {
  return EXACT.get(host) ?? PATTERNS.find(([pattern]) => pattern.test(host))?.[1] ?? findSuffix(host);
}

function findSuffix(host: string): ProviderCard | null {
  for (let name = host; name !== ''; name = name.includes('.') ? name.slice(name.indexOf('.') + 1) : '') {
    const card = SUFFIX.get(name);
    if (card !== undefined) return card;
  }
  return null;
}

/**
 * A key that domains of one mail host share, so that they can be asked over the same connections. Asks DNS once, and answers in time
 * whatever the resolver does: if nothing is found, the key is the domain itself.
 */
export function findHostKey(
  domain: string,
  deadline: number,
  { dns, clock }: { dns: DnsPort; clock: Clock },
): string | Promise<string> {
  const answer = withinDeadline(dns.mx(domain), deadline, clock);
  if (!(answer instanceof Promise)) return keyOf(domain, answer);
  return answer.then(
    (late) => keyOf(domain, late),
    () => domain,
  );
}

function keyOf(domain: string, answer: DnsAnswer<MxRecord> | null): string {
  if (answer?.kind !== 'found') return domain;
  const best = answer.records
    .filter(({ exchange }) => exchange !== '')
    .toSorted((a, b) => a.preference - b.preference || (a.exchange < b.exchange ? -1 : 1));
  const [first] = best;
  if (first === undefined) return domain;
  const provider = recognizeProvider({ mxHosts: best.map(({ exchange }) => exchange), greeting: null });
  return provider?.id ?? getDomain(first.exchange) ?? first.exchange;
}

/** Whether all of a domain's mail hosts belong to one known provider, by name; false if that cannot be determined. */
export function isAtProvider(domain: string, deadline: number, { dns, clock }: { dns: DnsPort; clock: Clock }): Soon<boolean> {
  const answer = withinDeadline(dns.mx(domain), deadline, clock);
  return answer instanceof Promise ? answer.then(isOneProvider, () => false) : isOneProvider(answer);
}

function isOneProvider(answer: DnsAnswer<MxRecord> | null): boolean {
  if (answer?.kind !== 'found') return false;
  const ids = new Set(
    answer.records.map(({ exchange }) => recognizeProvider({ mxHosts: [exchange], greeting: null })?.id ?? null),
  );
  return ids.size === 1 && !ids.has(null);
}
