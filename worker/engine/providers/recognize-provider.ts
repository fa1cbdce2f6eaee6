// Names the provider behind a domain's mail hosts. An exact host name beats a pattern, and a pattern beats the longest
// suffix; the hosts are taken in their order, so that the preferred one decides. The greeting is asked only where no host
// name told anything (a customer's own name on a provider's host). null: nobody we know.
import type { Provider } from '@/lib/verdict/mail-host';
import { CLASS_DEFAULTS } from './class-defaults.data';
import { GREETINGS, PROVIDERS, type ProviderCard } from './providers.data';

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

/** The whole behavior: what the card leaves open, its class says. */
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
