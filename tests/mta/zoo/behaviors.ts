// How each host of the zoo behaves: what no big mail server can be configured to do. A behavior consists of its server's options and its
// reply to a recipient. Alice, bob, carol and dora have a mailbox on every host, and so do u1 to u12.
import type { SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import { FIRST_IDENTITY } from '../identities';
import type { ZooHostName } from '../mail-hosts';
import { POLICY_WORDS, UNKNOWN_WORDS, type Words } from './words.data';

export interface Asked {
  localPart: string;
  session: SMTPServerSession;
  /** The recipient's position in its session, and among those accepted in its transaction, from 1. */
  inSession: number;
  inTransaction: number;
  /** How many recipients its session has accepted and refused so far. */
  accepted: number;
  refused: number;
}

export type Said = Words | 'accepted' | 'hang_up';

export interface Behavior {
  options?: SMTPServerOptions;
  /** Before any command is answered: no greeting, a hang-up at the first command or only at EHLO, or text that is not SMTP. */
  opening?: 'mute' | 'hangs_up' | 'no_ehlo' | 'http';
  mail?: (sender: string, session: SMTPServerSession) => Words | null;
  recipient: (asked: Asked) => Said;
}

const EXISTS = /^(alice|bob|carol|dora|u([1-9]|1[0-2]))$/;
const UNKNOWN: Words = [550, '5.1.1 Recipient address rejected: User unknown in local recipient table'];

const truly = ({ localPart }: Pick<Asked, 'localPart'>): Said => (EXISTS.test(localPart) ? 'accepted' : UNKNOWN);
const PUT_OFF: Words = [450, '4.7.1 Too many invalid recipients, try again in an hour'];
const isFromNobody = ({ session: { envelope } }: Asked): boolean =>
  envelope.mailFrom !== false && envelope.mailFrom.address === '';
const wordsFor =
  (words: Record<string, Words>, otherwise: (asked: Asked) => Said) =>
  (asked: Asked): Said =>
    words[asked.localPart] ?? otherwise(asked);

const NO_TLS: SMTPServerOptions = { hideSTARTTLS: true };
/** A server from before 2011: it announces STARTTLS but supports only what no current client does. */
const ANCIENT_TLS: SMTPServerOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ECDHE-RSA-AES256-SHA' };
const needsTls = (_: string, { secure }: SMTPServerSession): Words | null =>
  secure ? null : [530, '5.7.0 Must issue a STARTTLS command first'];

export const BEHAVIOURS: Record<ZooHostName, Behavior> = {
  'zoo/yes': { options: NO_TLS, recipient: () => 'accepted' },
  'zoo/drops': { options: NO_TLS, recipient: (asked) => (asked.inSession > 5 ? 'hang_up' : truly(asked)) },
  'zoo/closes': {
    options: NO_TLS,
    recipient: (asked) => (asked.inSession > 3 ? [421, '4.7.0 Too many recipients in this session, closing'] : truly(asked)),
  },
  'zoo/one': {
    options: NO_TLS,
    recipient: (asked) => (asked.inTransaction > 1 ? [452, '4.5.3 Too many recipients'] : truly(asked)),
  },
  'zoo/storm': { options: NO_TLS, recipient: wordsFor(POLICY_WORDS, () => [550, '5.7.1 Message refused by local policy']) },
  'zoo/blocked': {
    options: NO_TLS,
    recipient: ({ session }) => [550, `5.7.1 Service unavailable, client host [${session.remoteAddress}] is blocked`],
  },
  'zoo/tls': { mail: needsTls, recipient: truly },
  'zoo/bad-tls': { options: ANCIENT_TLS, recipient: truly },
  'zoo/bad-tls-only': { options: ANCIENT_TLS, mail: needsTls, recipient: truly },
  'zoo/ascii': { options: { ...NO_TLS, hideSMTPUTF8: true }, recipient: truly },
  'zoo/no-null': {
    options: NO_TLS,
    mail: (sender) => (sender === '' ? [550, '5.7.1 The null sender is not accepted here'] : null),
    recipient: truly,
  },
  'zoo/only-null': {
    options: NO_TLS,
    mail: (sender) => (sender === '' ? null : [553, '5.1.8 Sender address rejected: the domain is not welcome']),
    recipient: truly,
  },
  'zoo/mute': { options: NO_TLS, opening: 'mute', recipient: truly },
  'zoo/hangs-up': { options: NO_TLS, opening: 'hangs_up', recipient: truly },
  'zoo/web': { opening: 'http', recipient: truly },
  'zoo/words': { options: NO_TLS, recipient: wordsFor(UNKNOWN_WORDS, truly) },
  'zoo/after-yes': { options: NO_TLS, recipient: (asked) => (asked.accepted > 0 ? 'accepted' : truly(asked)) },
  'zoo/after-no': { options: NO_TLS, recipient: (asked) => (asked.refused > 1 ? 'accepted' : truly(asked)) },
  'zoo/shuts': { options: NO_TLS, recipient: (asked) => (asked.refused > 0 ? UNKNOWN : truly(asked)) },
  'zoo/first-truly': { options: NO_TLS, recipient: (asked) => (asked.inSession > 1 ? 'accepted' : truly(asked)) },
  'zoo/first-blindly': { options: NO_TLS, recipient: (asked) => (asked.inSession === 1 ? 'accepted' : truly(asked)) },
  'zoo/own-words': {
    options: NO_TLS,
    recipient: (asked) => (asked.inSession > 2 ? [554, '5.7.1 Access denied'] : truly(asked)),
  },
  'zoo/liar': {
    options: NO_TLS,
    recipient: (asked) => (asked.session.remoteAddress === FIRST_IDENTITY.address ? UNKNOWN : truly(asked)),
  },
  'zoo/plausible': {
    options: NO_TLS,
    recipient: (asked) => (/^[a-z]+\.[a-z]+\d?$/.test(asked.localPart) ? 'accepted' : truly(asked)),
  },
  'zoo/dotted': {
    options: NO_TLS,
    recipient: (asked) => (/^[a-z]+\.[a-z]+$/.test(asked.localPart) ? 'accepted' : truly(asked)),
  },
  'zoo/short': { options: NO_TLS, recipient: (asked) => (asked.localPart.length <= 8 ? 'accepted' : truly(asked)) },
  'zoo/letters': { options: NO_TLS, recipient: (asked) => (/^[a-z.]+$/.test(asked.localPart) ? 'accepted' : truly(asked)) },
  'zoo/one-sender': { options: NO_TLS, recipient: (asked) => (isFromNobody(asked) ? truly(asked) : UNKNOWN) },
  'zoo/put-off': {
    options: NO_TLS,
    recipient: (asked) => (asked.localPart.startsWith('gone') || EXISTS.test(asked.localPart) ? truly(asked) : PUT_OFF),
  },
  'zoo/no-ehlo': { options: NO_TLS, opening: 'no_ehlo', recipient: truly },
  'zoo/drops-sender': { options: NO_TLS, recipient: (asked) => (isFromNobody(asked) ? truly(asked) : 'hang_up') },
  'zoo/denies': {
    options: NO_TLS,
    recipient: (asked) => (EXISTS.test(asked.localPart) ? 'accepted' : [550, '5.7.1 Access denied']),
  },
  'zoo/plain-nobody': { recipient: (asked) => (asked.session.secure ? truly(asked) : UNKNOWN) },
  'zoo/plain-anybody': { recipient: (asked) => (asked.session.secure ? truly(asked) : 'accepted') },
  'zoo/serial': { options: { ...NO_TLS, hidePIPELINING: true }, recipient: truly },
};
