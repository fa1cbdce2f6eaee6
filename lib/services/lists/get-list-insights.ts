// What a list's results say as a whole: verdicts by provider, the domains without mail that most addresses are at, and how many
// addresses would bounce. Reads counts that are kept with every batch; only the dead domains are counted from an index, at most once
// in a while for a list at work, and once for one that has ended.
import { findListHead, listDeadDomains, listTallies, type TallyRow } from '@/lib/data/list-pages';
import type { Scope } from '@/lib/data/scope';
import { bounceBand } from '@/lib/domain/bounce-band';
import { DEAD_DOMAINS_EVERY_MS, DEAD_DOMAINS_SHOWN, PROVIDERS_SHOWN } from '@/lib/domain/limits';
import type { DeadDomain, ListInsights, ProviderCount } from '@/lib/domain/list-view';
import { reasonOfCode } from '@/lib/domain/reason-codes';
import { DEFAULT_POLICY, isPolicyName, recommend } from '@/lib/domain/recommendation';
import { statusOf } from '@/lib/domain/verdict';
import { fail, ok, type Result } from '@/lib/errors';

export async function getListInsights(scope: Scope, listId: string, now = Date.now()): Promise<Result<ListInsights>> {
  const list = await findListHead(scope, listId);
  if (list === null) return fail('not_found');
  const policy = isPolicyName(list.policy) ? list.policy : DEFAULT_POLICY;
  const tallies = await listTallies(listId);
  const toSend = tallies.filter(({ reason }) => recommend(reasonOfCode(reason), policy) === 'send');
  const all = providersOf(tallies);
  const others = all.slice(PROVIDERS_SHOWN);
  return ok({
    providers: all.slice(0, PROVIDERS_SHOWN),
    otherProviders: { providers: others.length, rows: others.reduce((sum, { rows }) => sum + rows, 0) },
    deadDomains: list.isExpired ? [] : await deadDomainsOf(listId, tallies, now),
    bounce: { all: bounceBand(tallies), send: bounceBand(toSend) },
  });
}

/** Most addresses first. */
function providersOf(tallies: readonly TallyRow[]): ProviderCount[] {
  const byName = new Map<string, ProviderCount>();
  for (const { provider, reason, rows } of tallies) {
    const known = byName.get(provider) ?? {
      provider,
      rows: 0,
      counts: { deliverable: 0, risky: 0, unknown: 0, undeliverable: 0 },
    };
    known.rows += rows;
    known.counts[statusOf(reasonOfCode(reason))] += rows;
    byName.set(provider, known);
  }
  return [...byName.values()].sort((a, b) => b.rows - a.rows || (a.provider < b.provider ? -1 : 1));
}

interface Counted {
  /** Addresses at dead domains when it was counted. */
  rows: number;
  at: number;
  domains: DeadDomain[];
}

declare global {
  // Next may load a module once a route; what was counted is counted for all.
  var emailVerifierDeadDomains: Map<string, Counted> | undefined;
}

const REMEMBERED_MAX = 500;

async function deadDomainsOf(listId: string, tallies: readonly TallyRow[], now: number): Promise<DeadDomain[]> {
  const rows = tallies.reduce((sum, tally) => (isDead(tally) ? sum + tally.rows : sum), 0);
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
