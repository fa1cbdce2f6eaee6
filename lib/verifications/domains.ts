// What is known about a mail domain: what DNS and the lists say, looked up by a worker if there is nothing fresh, and the dated fact
// whether it accepts every name, which checks leave behind. Asks no mail host and costs nothing.
import { inTransaction } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { DOMAIN_FACTS_FRESH_MS, DOMAIN_LOOKUP_WAIT_MS } from '@/lib/platform/limits';
import { awaitState } from '@/lib/platform/queue/follow-state';
import { enqueue } from '@/lib/platform/queue/enqueue';
import { parseAddress } from '@/lib/verdict/address';
import type { DomainFacts } from '@/lib/verdict/stored';
import { DOMAIN_CHANNEL, findKnownDomain, type KnownDomain, saveDomainFacts } from './store/domains';

export interface DomainView extends DomainFacts {
  domain: string;
  checkedAt: string;
  /** Looked up before this call. */
  cached: boolean;
  /** Null if not known. */
  catchAll: boolean | null;
  catchAllCheckedAt: string | null;
}

const NO_DOMAIN = 'must be a domain, like example.com';
const RETRY_AFTER_S = 2;

export async function getDomain(text: string, { signal }: { signal?: AbortSignal } = {}): Promise<Result<DomainView>> {
  const parsed = parseAddress(`postmaster@${text}`);
  if (!parsed.ok) return fail('invalid_request', { fields: { domain: NO_DOMAIN } });
  const { domain } = parsed.address;
  const askedAt = Date.now();
  const known = await findKnownDomain(domain);
  if (known !== null && isSince(known, askedAt - DOMAIN_FACTS_FRESH_MS)) return toResult(domain, known, true);
  await inTransaction((tx) => enqueue('look-up-domain', { domain }, { jobKey: `look-up-domain:${domain}` }, tx));
  const since = known?.checkedAt?.getTime() ?? 0;
  const found = await awaitState(
    {
      channel: DOMAIN_CHANNEL,
      id: domain,
      read: () => findKnownDomain(domain),
      isDone: (now) => now !== null && isSince(now, since + 1),
    },
    { timeoutMs: DOMAIN_LOOKUP_WAIT_MS, signal },
  );
  return found !== null && isSince(found, since + 1) ? toResult(domain, found, false) : tooLate();
}

const isSince = ({ checkedAt }: KnownDomain, ms: number): boolean => checkedAt !== null && checkedAt.getTime() >= ms;

const tooLate = () =>
  fail('unavailable', { detail: 'The name servers of this domain are slow. Ask again in a moment.', retryAfterS: RETRY_AFTER_S });

function toResult(domain: string, { facts, checkedAt, catchAll, catchAllAt }: KnownDomain, cached: boolean): Result<DomainView> {
  if (facts === null || checkedAt === null) return tooLate();
  return ok({
    ...facts,
    domain,
    cached,
    checkedAt: checkedAt.toISOString(),
    catchAll,
    catchAllCheckedAt: catchAllAt?.toISOString() ?? null,
  });
}

/** For the worker. */
export const keepDomainFacts = (domain: string, facts: DomainFacts): Promise<void> => saveDomainFacts(domain, facts);
