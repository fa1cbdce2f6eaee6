// The states of an SMTP session and the ways between them. A step that is not in the table is a bug of ours and throws; whatever
// the host does can only lead to `closed`.

export const SESSION_STEPS = {
  greeting: ['ehlo', 'quit', 'closed'],
  ehlo: ['ready', 'helo', 'quit', 'closed'],
  helo: ['ready', 'ehlo', 'quit', 'closed'],
  /** Nothing is owed; a transaction may be open. */
  ready: ['rset', 'mail', 'rcpt', 'starttls', 'quit', 'closed'],
  rset: ['mail', 'starttls', 'ready', 'closed'],
  /** A refused MAIL still gets the replies to the RCPTs written with it. */
  mail: ['rcpt', 'ready', 'closed'],
  rcpt: ['ready', 'closed'],
  /** RFC 3207 4.2: all that was known of the host is forgotten, EHLO comes again. */
  starttls: ['handshake', 'ready', 'closed'],
  handshake: ['ehlo', 'closed'],
  quit: ['closed'],
  closed: [],
} as const satisfies Record<string, readonly string[]>;

export type SessionState = keyof typeof SESSION_STEPS;

export function stepTo(from: SessionState, to: SessionState): SessionState {
  const ways: readonly SessionState[] = SESSION_STEPS[from];
  if (from !== to && !ways.includes(to)) throw new Error(`no way from ${from} to ${to} in an SMTP session`);
  return to;
}
