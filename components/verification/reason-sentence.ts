// What each reason means, in words for people: a short label for tables, and one sentence that claims no more than was seen.
import type { Grade } from '@/lib/verdict/grade';
import type { Reason, Status } from '@/lib/verdict/verdict';
import { GRADE_LABEL } from './grade-copy';

interface ReasonCopy {
  label: string;
  sentence: string;
}

export const REASON_COPY: Record<Reason, ReasonCopy> = {
  mailbox_exists: {
    label: 'Mailbox exists',
    sentence: 'The mail server takes mail for this mailbox, and it refuses names that do not exist.',
  },
  catch_all: {
    label: 'Catch-all domain',
    sentence: 'This domain accepts every name, so the server’s yes does not tell whether this mailbox exists.',
  },
  disposable: { label: 'Disposable address', sentence: 'The domain belongs to a provider of disposable addresses.' },
  role_account: {
    label: 'Role address',
    sentence: 'The mailbox exists, but its name belongs to a function, not to one person.',
  },
  mailbox_full: { label: 'Mailbox full', sentence: 'The mailbox exists and is full, so mail to it would bounce right now.' },
  typo_domain: {
    label: 'Probably mistyped',
    sentence: 'The domain is a known look-alike of a big mail provider, so the address is probably mistyped.',
  },
  blocklisted: { label: 'On your blocklist', sentence: 'The address or its domain is on your own blocklist.' },
  mailbox_not_found: { label: 'Mailbox not found', sentence: 'The mail server says that this mailbox does not exist.' },
  mailbox_disabled: { label: 'Mailbox disabled', sentence: 'The mail server says that this mailbox is disabled.' },
  syntax_invalid: { label: 'Not an address', sentence: 'This is not an address that a public mail server could accept.' },
  provider_syntax: {
    label: 'Impossible at this provider',
    sentence: 'This provider does not allow such a name, so the mailbox cannot exist.',
  },
  domain_not_found: { label: 'Domain not found', sentence: 'The domain does not exist.' },
  no_mx: { label: 'No mail host', sentence: 'The domain exists, but no server takes mail for it.' },
  null_mx: { label: 'Takes no mail', sentence: 'The domain itself says that it takes no mail.' },
  mx_unroutable: {
    label: 'Mail host unreachable',
    sentence: 'The mail servers of this domain have no address on the public internet.',
  },
  greylisted: { label: 'Greylisted', sentence: 'The mail server kept asking us to come back later, so we could not tell.' },
  rate_limited: { label: 'Rate limited', sentence: 'The mail server said that it was asked too often, so we could not tell.' },
  probe_blocked: { label: 'We were refused', sentence: 'The mail server refused us, not the mailbox, so we could not tell.' },
  provider_unverifiable: {
    label: 'Provider never tells',
    sentence: 'This provider accepts every recipient and decides only after the message, so nobody can tell from outside.',
  },
  connect_failed: {
    label: 'No connection',
    sentence: 'No mail server of this domain accepted our connection, so we could not tell.',
  },
  no_response: {
    label: 'No answer',
    sentence: 'The mail server accepted our connection and then said nothing, so we could not tell.',
  },
  disconnected: { label: 'Disconnected', sentence: 'The mail server hung up before it answered, so we could not tell.' },
  timeout: {
    label: 'Out of time',
    sentence: 'The mail server was slower than the time we give one address, so we could not tell.',
  },
  temporary_failure: {
    label: 'Temporary failure',
    sentence: 'The mail server had a temporary problem, so we could not tell.',
  },
  dns_temporary_error: {
    label: 'DNS failure',
    sentence: 'The domain’s name servers gave no usable answer, so we could not tell.',
  },
  smtp_protocol_error: {
    label: 'Not a mail server',
    sentence: 'The host that answered does not speak the mail protocol, so we could not tell.',
  },
  ambiguous_reply: {
    label: 'Unclear reply',
    sentence: 'The mail server’s reply can be read more than one way, so we could not tell.',
  },
  internal_error: { label: 'Our error', sentence: 'Something went wrong on our side, so we could not tell. It costs nothing.' },
};

export const STATUS_LABEL: Record<Status, string> = {
  deliverable: 'Deliverable',
  risky: 'Risky',
  unknown: 'Unknown',
  undeliverable: 'Undeliverable',
  pending: 'Checking',
};

export const STATUS_MEANING: Record<Status, string> = {
  deliverable: 'The mailbox exists, and the server proved it.',
  risky: 'Mail may arrive, but there is a reason to be careful.',
  unknown: 'We could not tell. It says nothing about the mailbox, and it is free.',
  undeliverable: 'Mail to this address would bounce.',
  pending: 'The answer is not known yet.',
};

export const reasonLabel = (reason: Reason | null): string => (reason === null ? '–' : REASON_COPY[reason].label);

/** For tables. The grade of a catch-all answer is shown beside its reason. */
export const gradedReasonLabel = ({ reason, grade }: { reason: Reason | null; grade: Grade | null }): string =>
  grade === null ? reasonLabel(reason) : `${reasonLabel(reason)} · ${GRADE_LABEL[grade].toLowerCase()}`;

/** One sentence for a verdict. A final answer without a reason means that nothing decisive was found. */
export function reasonSentence(status: Status, reason: Reason | null): string {
  if (status === 'pending') return 'The layers are still answering.';
  return reason === null ? 'Nothing decisive was found.' : REASON_COPY[reason].sentence;
}
