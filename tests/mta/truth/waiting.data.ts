// Runs after the first one: with time to wait for greylisting, with one identity only, and through the web API with a worker.
import { at, type Truth } from './row';

/** Asked in a run that may wait for greylisting to pass. */
export const TRUTH_AFTER_WAITING: readonly Truth[] = [
  ...at('postfix/plain', [
    ['alice@grey-wait.test', 'mailbox_exists', 'let in by postgrey after its delay'],
    ['nobody@grey-wait.test', 'mailbox_not_found', 'let in by postgrey after its delay, then refused by the table'],
    ['alice@grey-late-wait.test', 'mailbox_exists', 'let in by postgrey after its delay'],
    ['nobody@grey-late-wait.test', 'mailbox_not_found', 'the table is looked at before greylisting'],
  ]),
  ...at('postfix/stranger', [
    ['alice@stranger-mail.test', 'mailbox_exists', 'no stranger any more, since the run before'],
    ['nobody@stranger-mail.test', 'mailbox_not_found', 'no stranger any more, since the run before'],
  ]),
  ...at('exim/plain', [
    ['alice@bravo-grey.test', 'greylisted', 'a greylist that never lets anybody in: whether the mailbox exists nobody can know'],
  ]),
];

/** Asked with only the first of the two identities. */
export const TRUTH_AS_ONE_SENDER: readonly Truth[] = [
  ...at('postfix/anvil', [
    [
      'alice@anvil-mail.test',
      'rate_limited',
      'one recipient a minute: the name and the made-up name cannot both be asked, so whether its yes means anything nobody can know',
    ],
  ]),
  ...at('postfix/picky', [
    ['alice@picky-mail.test', 'probe_blocked', '554 5.7.1 our only address is on its list, whatever the mailbox'],
    ['nobody@picky-mail.test', 'probe_blocked', '554 5.7.1 our only address is on its list, whatever the mailbox'],
  ]),
  ...at('exim/picky', [
    ['alice@bravo-picky.test', 'probe_blocked', '554 5.7.1 on connect to our only address, whatever the mailbox'],
    ['nobody@bravo-picky.test', 'probe_blocked', '554 5.7.1 on connect to our only address, whatever the mailbox'],
  ]),
  ...at('postfix/namely', [
    ['nobody@namely-mail.test', 'mailbox_not_found', '550 to EHLO with the name, not with the address literal in its place'],
  ]),
];

/** Through the web API: pending at first, final once the worker has come back after the delay. */
export const TRUTH_OF_THE_API_AFTER_WAITING: readonly Truth[] = at('postfix/plain', [
  ['alice@grey-web.test', 'mailbox_exists', 'pending while greylisted, then let in'],
]);
