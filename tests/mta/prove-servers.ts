// Checks the servers themselves against the truth, without the product: asked by hand, each says what its row in truth.ts assumes. Also
// shows that the logs would reveal a DATA or a VRFY, because a check that finds nothing must be able to find something. Run with
// `--servers`; it uses up the first contact with greylisting hosts, so it needs its own run.
import { domainToASCII } from 'node:url';
import type { Reason } from '@/lib/verdict/verdict';
import { askByHand, type SpokenReply } from './dialogue';
import { MAIL_HOSTS } from './mail-hosts';
import type { Report } from './report';
import { readSettledTraffic } from './server-logs';
import type { Place } from './servers/suite-paths';
import { type Truth, TRUTH, TRUTH_AFTER_WAITING, TRUTH_AS_ONE_SENDER } from './truth';

const EXISTS = /^rcpt 250 /;
const PRESUMED: Partial<Record<Reason, RegExp>> = {
  mailbox_exists: EXISTS,
  catch_all: EXISTS,
  role_account: EXISTS,
  disposable: EXISTS,
  typo_domain: EXISTS,
  mailbox_not_found: /^rcpt 550 /,
  mailbox_disabled: /^rcpt 55[04] .*(disabled|suspended)/,
  mailbox_full: /^rcpt (552|45[02]) .*(quota|full)/,
  temporary_failure: /^rcpt 45[01] /,
  greylisted: /^rcpt 45[01] .*[Gg]reylist/,
  probe_blocked: /^(connect|rcpt) 55[04] /,
  rate_limited: /^connect 421 .*Too many/,
  no_response: /fell silent/,
  disconnected: /closed the connection/,
};

/** Rows whose first answer by hand is not final: the product has to ask more than once. */
const FIRST_ANSWERS: readonly (readonly [RegExp, RegExp])[] = [
  [/@tls-mail\.test$/, /^mail 530 5\.7\.0 Must issue a STARTTLS command first/],
  [/@helo-mail\.test$/, /^helo 500 5\.5\.2 /],
  [/@(tls|bad-tls-only)\.zoo\.test$/, /^mail 530 5\.7\.0 Must issue a STARTTLS command first/],
  [/@only-null\.zoo\.test$/, /^mail 553 5\.1\.8 /],
  [/@(picky-mail|bravo-picky)\.test$/, /^(rcpt|connect) 554 5\.7\.1 /],
  [/@namely-(mail|late)\.test$/, /^(helo|rcpt) 550 5\.7\.1 .*HELO name/],
  [/@anvil-mail\.test$/, EXISTS],
  // One connection a minute: after the first one by hand, all others are refused.
  [/^(?!p1@).*@paced-mail\.test$/, /^connect 421 4\.7\.0 .*too many connections/],
  // A client that has received 450 once is accepted from then on.
  [/^alice@stranger-mail\.test$/, /^rcpt (450 4\.3\.2|250) /],
  [/^gone\d@delta-mail\.test$|^nobody@delta-mail\.test$/, /^rcpt (524 5\.2\.4|550) /],
  [/^грета@(old-mail|ascii\.zoo)\.test$/, /^(mail|rcpt) 5\d\d /],
  [/^french-full@/, /^rcpt 552 La bo/],
  [/^(alice|nobody)@grey-wait\.test$|^alice@grey-late-wait\.test$/, /^rcpt 450 4\.2\.0 .*Greylisted/],
];

const presumedOf = (truth: Truth): RegExp | undefined =>
  FIRST_ANSWERS.find(([address]) => address.test(truth.address))?.[1] ?? PRESUMED[truth.reason];

/** The address as the product sends it: with the domain as an A-label. */
function recipientOf(address: string): string {
  const sign = address.lastIndexOf('@');
  return `${address.slice(0, sign)}@${domainToASCII(address.slice(sign + 1))}`;
}

const spoken = (reply: SpokenReply): string => `${reply.stage} ${reply.code} ${reply.text}`;

export async function proveServers(report: Report, place: Place): Promise<void> {
  for (const truth of [...TRUTH, ...TRUTH_AS_ONE_SENDER, ...TRUTH_AFTER_WAITING]) {
    const presumed = presumedOf(truth);
    if (truth.host === null || truth.host === 'nobody' || presumed === undefined) continue;
    const server = { address: MAIL_HOSTS[truth.host], port: place.smtpPort };
    const said = await askByHand(server, recipientOf(truth.address)).then(spoken, String);
    report.check(presumed.test(said), `${truth.address}: expected ${String(presumed)}, the server said: ${said}`);
  }
  report.check(
    (await readSettledTraffic(place.dir)).forbidden.length === 0,
    'the logs tell of a forbidden command that nobody sent',
  );
  await proveLogsTell(report, place);
}

const FORBIDDEN = ['VRFY alice', 'VRFY alice@bravo-mail.test', 'DATA'];
const EXISTING = [
  ['postfix/plain', 'alice@alpha-mail.test'],
  ['exim/plain', 'alice@bravo-mail.test'],
  ['exim/crowd', 'anna.garcia@bravo-crowd.test'],
  ['opensmtpd', 'alice@delta-mail.test'],
  ['haraka', 'alice@echo-mail.test'],
  ['zoo/yes', 'alice@yes.zoo.test'],
] as const;

async function proveLogsTell(report: Report, place: Place): Promise<void> {
  for (const [host, recipient] of EXISTING) {
    for (const command of FORBIDDEN) {
      const before = (await readSettledTraffic(place.dir)).forbidden.length;
      await askByHand({ address: MAIL_HOSTS[host], port: place.smtpPort }, recipient, [command]).catch(() => undefined);
      const after = (await readSettledTraffic(place.dir)).forbidden.length;
      report.check(after > before, `${command} to ${host} left no trace in its log`);
    }
  }
}
