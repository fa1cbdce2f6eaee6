// What a list's results say as a whole: verdicts by provider, the dead domains with the most addresses, and how many addresses
// would hard-bounce. It reads counts that are updated with every batch. Only dead domains are counted from an index: once in a
// while for a list at work, and once for a list that has ended.
import { fail, ok, type Result } from '@/lib/platform/errors';
import { DEAD_DOMAINS_EVERY_MS, DEAD_DOMAINS_SHOWN, PROVIDERS_OFFERED, PROVIDERS_SHOWN } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { reasonOfCode, recommend, statusOf, zeroCounts } from '@/lib/verdict/verdict';
import type { BounceBand, DeadDomain, ListInsights, ProviderCount } from './rules/view';
import { findListHead, listDeadDomains, listTallies, type TallyRow } from './store/pages';

export async function getListInsights(scope: Scope, listId: string, now = Date.now()): Promise<Result<ListInsights>> {
  const list = await findListHead(scope, listId);
  if (list === null) return fail('not_found');
  const tallies = await listTallies(listId);
  const toSend = tallies.filter(({ reason }) => recommend(reasonOfCode(reason), list.policy) === 'send');
  const all = providersOf(tallies);
  const others = all.slice(PROVIDERS_SHOWN);
  return ok({
    providers: all.slice(0, PROVIDERS_SHOWN),
    otherProviders: { providers: others.length, rows: sumOf(others, ({ rows }) => rows) },
    deadDomains: list.isExpired ? [] : await deadDomainsOf(listId, tallies, now),
    bounce: { all: bounceBand(tallies), send: bounceBand(toSend) },
  });
}

/** Most addresses first. */
function providersOf(tallies: readonly TallyRow[]): ProviderCount[] {
  const byName = new Map<string, ProviderCount>();
  for (const { provider, reason, rows } of tallies) {
    const known = byName.get(provider) ?? { provider, rows: 0, counts: zeroCounts() };
    known.rows += rows;
    known.counts[statusOf(reasonOfCode(reason))] += rows;
    byName.set(provider, known);
  }
  return [...byName.values()].sort((a, b) => b.rows - a.rows || (a.provider < b.provider ? -1 : 1));
}

interface Counted {
  /** The number of addresses at dead domains when they were counted. */
  rows: number;
  at: number;
  domains: DeadDomain[];
}

declare global {
  // Next may load a module once per route; all copies share these counts.
  var emailVerifierDeadDomains: Map<string, Counted> | undefined;
}

const REMEMBERED_MAX = 500;

async function deadDomainsOf(listId: string, tallies: readonly TallyRow[], now: number): Promise<DeadDomain[]> {
  const rows = sumOf(tallies.filter(isDead), (tally) => tally.rows);
  if (rows === 0) return [];
  const remembered = (globalThis.emailVerifierDeadDomains ??= new Map<string, Counted>());
  const known = remembered.get(listId);
  if (known !== undefined && (known.rows === rows || now - known.at < DEAD_DOMAINS_EVERY_MS)) return known.domains;
  const domains = await listDeadDomains(listId, DEAD_DOMAINS_SHOWN);
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(listId, { rows, at: now, domains });
  return domains;
}

const DEAD_REASONS = ['domain_not_found', 'no_mx', 'null_mx', 'mx_unroutable'];

const isDead = ({ reason }: TallyRow): boolean => DEAD_REASONS.includes(reasonOfCode(reason));

/**
 * The providers of a list's addresses, those with the most addresses first; an empty name if none is known. Bounded, because a
 * list may have hundreds.
 */
export async function listProviders(scope: Scope, listId: string): Promise<string[]> {
  if ((await findListHead(scope, listId)) === null) return [];
  const rowsOf = new Map<string, number>();
  for (const { provider, rows } of await listTallies(listId)) rowsOf.set(provider, (rowsOf.get(provider) ?? 0) + rows);
  return [...rowsOf.entries()]
    .sort(([a, rowsOfA], [b, rowsOfB]) => rowsOfB - rowsOfA || (a < b ? -1 : 1))
    .slice(0, PROVIDERS_OFFERED)
    .map(([provider]) => provider);
}

/** Addresses that are counted together. */
export interface ScoredGroup {
  rows: number;
  /** How many of the rows have a score. */
  scored: number;
  /** Sum of these scores, each 0–100. */
  scoreSum: number;
}

const SCORE_MAX = 100;

/** Normal distribution, 95 %. */
const Z = 1.96;

/**
 * The share of addresses that would hard-bounce, by their scores. The expected share is the mean of what each score leaves to 1.
 * The band around it covers two uncertainties: chance (95 % of the outcomes that these scores allow), and addresses without a
 * score, none of which bounces at the low end and all of which bounce at the high end. Always low ≤ expected ≤ high, within 0–1;
 * null if no address has a score. The result is as good as the scores are (lib/verifications/rules/calibration.ts measures them).
 */
export function bounceBand(groups: readonly ScoredGroup[]): BounceBand | null {
  const addresses = sumOf(groups, ({ rows }) => rows);
  const scored = sumOf(groups, (group) => group.scored);
  if (scored === 0) return null;
  const bounces = sumOf(groups, (group) => group.scored * bounceShare(group));
  // Only the mean of a group is known, and no spread around that mean could vary more than this.
  const variance = sumOf(groups, (group) => group.scored * bounceShare(group) * (1 - bounceShare(group)));
  const chance = Z * Math.sqrt(variance);
  const unscored = addresses - scored;
  return {
    addresses,
    unscored,
    expected: bounces / scored,
    low: Math.max(0, bounces - chance) / addresses,
    high: Math.min(addresses, bounces + chance + unscored) / addresses,
  };
}

const bounceShare = ({ scored, scoreSum }: ScoredGroup): number => (scored === 0 ? 0 : 1 - scoreSum / scored / SCORE_MAX);

const sumOf = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((sum, item) => sum + of(item), 0);
