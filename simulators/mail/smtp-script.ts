// How one mail host of the sandbox behaves: whose words it uses, which mailboxes it has, and where it departs from a
// well-behaved server. A script decides what is said; the session keeps the order of commands and the host the sockets.
import type { Answer } from './mail-host';
import type { Mta } from './mta';

export interface MailCommand {
  sender: string;
  /** The peer's IP address. */
  client: string;
  host: string;
  isTls: boolean;
}

export interface RcptCommand extends MailCommand {
  /** As given, without brackets. */
  recipient: string;
  /** As mailboxes are compared: unquoted, lower case, NFC. */
  localPart: string;
  /** Recipients already accepted in this transaction. */
  accepted: number;
}

export interface SmtpScript {
  mta: Mta;
  /** `every`: all names are accepted. */
  mailboxes: readonly string[] | 'every';
  /** EHLO keywords beside the MTA's own. */
  extensions?: readonly string[];
  /** Instead of the MTA's greeting; null never says a word, to no command either. */
  opening?: Answer | null;
  /** One byte this often, for everything that is said. */
  byteEveryMs?: number;
  /** Answers every line, whatever it says: not an SMTP server. */
  toAnything?: Answer;
  ehlo?: Answer;
  /** null: what the MTA says. */
  mail?: (command: MailCommand) => Answer | null;
  /** null: accepted or refused by the mailboxes. */
  rcpt?: (command: RcptCommand) => Answer | null;
}
