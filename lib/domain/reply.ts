// What a mail server's reply can mean (the classifier's closed answer) and at which point of the dialogue it came.

export const REPLY_STAGES = ['connect', 'helo', 'starttls', 'mail', 'rcpt', 'rset', 'quit'] as const;
export type ReplyStage = (typeof REPLY_STAGES)[number];

export const REPLY_MEANINGS = [
  'accepted',
  'mailbox_not_found',
  'mailbox_disabled',
  'mailbox_full',
  'greylisted',
  'rate_limited',
  'sender_blocked',
  'sender_rejected',
  'relay_denied',
  'domain_not_hosted',
  'temporary_failure',
  'policy_other',
  'ambiguous',
] as const;
export type ReplyMeaning = (typeof REPLY_MEANINGS)[number];

/** Meanings that speak of the recipient; no other meaning can make an address undeliverable. */
export const RECIPIENT_MEANINGS = [
  'accepted',
  'mailbox_not_found',
  'mailbox_disabled',
  'mailbox_full',
] as const satisfies readonly ReplyMeaning[];

/** What came instead of a usable reply. The words are also verdict reasons of status `unknown`. */
export const TRANSPORT_FAILURES = ['connect_failed', 'no_response', 'disconnected', 'smtp_protocol_error', 'timeout'] as const;
export type TransportFailure = (typeof TRANSPORT_FAILURES)[number];

/** One complete (possibly multi-line) SMTP reply as it stood on the wire, redacted and escaped, bounded in size. */
export interface SmtpReply {
  /** 200–599 */
  code: number;
  /** RFC 3463 status such as `5.1.1`, or null where none was given. */
  enhanced: string | null;
  /** Reply text without code and enhanced status; lines joined by "\n"; bytes that are not UTF-8 shown as \xNN. */
  text: string;
}
