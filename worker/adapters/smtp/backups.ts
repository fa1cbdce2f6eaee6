// Mail hosts that only keep mail for better ones (RFC 5321 5.1).
import type { MailHost } from '@/lib/verdict/mail-host';

/** Beside the best ones; null where all are as good. */
export function backupsAmong(hosts: readonly MailHost[]): ReadonlySet<string> | null {
  if (hosts.length < 2) return null;
  const best = Math.min(...hosts.map(({ preference }) => preference));
  const worse = hosts.filter(({ preference }) => preference > best).map(({ name }) => name);
  return worse.length === 0 ? null : new Set(worse);
}
