// How one mail host of the sandbox behaves: whose replies it uses, which mailboxes it has, and where it departs from a well-behaved server.
// The script decides what is said, the session keeps the order of commands, and the host owns the sockets.
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
  /** As given, without angle brackets. */
  recipient: string;
  /** The local part in the form that mailboxes are compared in: unquoted, lower case, NFC. */
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
  /** Replaces the MTA's greeting. With null the host never says anything, not even to commands. */
  opening?: Answer | null;
  /** Sends everything one byte at this interval. */
  byteEveryMs?: number;
  /** The answer to every line: this is not an SMTP server. */
  toAnything?: Answer;
  ehlo?: Answer;
  /** null: the MTA's usual reply. */
  mail?: (command: MailCommand) => Answer | null;
  /** null: accepted or refused by the list of mailboxes. */
  rcpt?: (command: RcptCommand) => Answer | null;
}
