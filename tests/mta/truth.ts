// The suite's truth: the right answer for each address, and why, known from the servers' own configuration (conf/, zoo/) and not from what
// any verifier says. If nobody outside can know whether a mailbox exists, it is `unknown` here, with its reason. Nothing about us (blocked,
// rejected, limited) may ever be reported as something about the mailbox.
import { CROWDS_TRUTH } from './truth/crowds.data';
import { EXIM_TRUTH } from './truth/exim.data';
import { NO_MAIL_HOST_TRUTH } from './truth/offline.data';
import { HARAKA_TRUTH, OPENSMTPD_TRUTH } from './truth/other-servers.data';
import { POSTFIX_TRUTH } from './truth/postfix.data';
import type { Truth } from './truth/row';
import { ZOO_TRUTH } from './truth/zoo.data';

export type { Truth } from './truth/row';
export { TRUTH_AFTER_WAITING, TRUTH_AS_ONE_SENDER, TRUTH_OF_THE_API_AFTER_WAITING } from './truth/waiting.data';

/** Asked in one run that does not wait, with both identities. */
export const TRUTH: readonly Truth[] = [
  ...POSTFIX_TRUTH,
  ...EXIM_TRUTH,
  ...OPENSMTPD_TRUTH,
  ...HARAKA_TRUTH,
  ...ZOO_TRUTH,
  ...NO_MAIL_HOST_TRUTH,
  ...CROWDS_TRUTH,
];

/** Asked through the web API with a worker. */
export const TRUTH_OF_THE_API: readonly Truth[] = [
  ...['alice', 'nobody', 'info'].map((name) => `${name}@alpha-mail.test`),
  'alice@bravo-mail.test',
  'nobody@bravo-mail.test',
  'alice@catchall-mail.test',
  'full@policy-mail.test',
  'alice@blocked-mail.test',
  'alice@picky-mail.test',
  'nobody@delta-mail.test',
  'alice@null-mx.test',
].flatMap((address) => TRUTH.filter((truth) => truth.address === address));
