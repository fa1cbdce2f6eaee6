// Which mailboxes the suite's Haraka has, and how it refuses others: in its own words (haraka-dsn) where it has them.
'use strict';

const { deny, denysoft, ok } = require('haraka-constants');
const dsn = require('haraka-dsn');

const MAILBOXES = {
  'echo-mail.test': ['alice', 'bob', 'carol.jones', 'info'],
  'echo-policy.test': ['alice'],
};
const REFUSALS = {
  full: [deny, dsn.mbox_full('Mailbox full')],
  disabled: [deny, dsn.mbox_disabled('Mailbox disabled, not accepting messages')],
  policy: [deny, dsn.sec_unauthorized('Delivery not authorized, message refused')],
  later: [denysoft, dsn.sys_not_accepting_mail('System not accepting network messages')],
};

/** Loopback addresses need no reverse lookup. */
exports.hook_lookup_rdns = (next) => next(ok, 'probe.verifier.test');

exports.hook_mail = (next) => next(ok);

exports.hook_rcpt = (next, connection, [recipient]) => {
  const domain = recipient.host.toLowerCase();
  if (domain === 'echo-catchall.test') return next(ok);
  const mailboxes = MAILBOXES[domain];
  // Haraka then says itself that it cannot deliver.
  if (mailboxes === undefined) return next();
  const name = recipient.user.toLowerCase();
  if (mailboxes.includes(name)) return next(ok);
  const refusal = domain === 'echo-policy.test' ? REFUSALS[name] : undefined;
  return refusal === undefined ? next(deny, dsn.no_such_user()) : next(...refusal);
};
