// How many recipients a host bears, from whatever is known: what it announced (RFC 9422), what its provider is known for, what it
// taught us by refusing or hanging up. Promises at least one; refuses to go past our own bound whatever is announced.
import type { Provider } from '@/lib/verdict/mail-host';
import type { Capabilities } from './capabilities';
import type { HostLessons } from '../host/host-memory';
import type { SmtpLimits } from '../timeouts';

export interface Known {
  capabilities: Capabilities;
  provider: Provider | null;
  lessons: HostLessons;
}

/** Recipients of one transaction. */
export function groupSizeOf({ capabilities, provider, lessons }: Known, { groupSize, groupSizeMax }: SmtpLimits): number {
  const said = [capabilities.recipientsMax, provider?.maxRecipients ?? null].filter((limit) => limit !== null);
  return Math.max(1, Math.min(groupSizeMax, lessons.groupSize ?? groupSizeMax, ...(said.length === 0 ? [groupSize] : said)));
}

/** Recipients of one session. A provider that bears one (Outlook.com) minds the second in the session, not only in the transaction. */
export const sessionSizeOf = ({ provider, lessons }: Omit<Known, 'capabilities'>): number =>
  provider?.maxRecipients === 1 ? 1 : (lessons.sessionSize ?? Number.POSITIVE_INFINITY);
