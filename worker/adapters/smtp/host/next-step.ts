// What to do for a recipient after a reply or failure: settle it, or ask again in another way (under TLS, with another sender, elsewhere,
// in a smaller group). Pure, so that every strategy is one row of a table. Guarantees: each "again" uses something up, so that no recipient
// is asked forever; `domain_not_hosted` is the outcome only if every mail host said so.
import type { MailHost } from '@/lib/verdict/mail-host';
import { isGroupTooLarge, isPositive, moreTelling, wantsTls, type Exchange } from '../exchange';
import { besides } from '../places';
import { openRoutes } from './walk-hosts';
import { routeId } from './try-route';
import type { Sender } from '../senders';
import { nextSenderOf, without, type Recipient } from './recipient';

export type Step =
  | { kind: 'settle'; exchange: Exchange }
  /** Under TLS after all, which is demanded. */
  | { kind: 'secure' }
  /** The same in plain text: the host may refuse us under TLS only. */
  | { kind: 'in_plain' }
  | { kind: 'smaller_group' }
  | { kind: 'become'; sender: Sender }
  | { kind: 'elsewhere'; excluding: readonly string[] }
  /** The host, or one of its addresses, accepts none of our senders: go to the next one, beginning with our first sender. */
  | { kind: 'away'; excluding: string };

export interface Circumstances {
  hosts: readonly MailHost[];
  /** TLS is offered, and was left out only for the sake of this question. */
  canSecure: boolean;
  /** The host has accepted nobody under TLS, and plain text was not tried. */
  canLeaveTls: () => boolean;
  /** No recipient was answered in this session before. */
  isFirst: boolean;
  /** A recipient was accepted in this session with our current sender. */
  hasAccepted?: boolean;
}

export const saysNotHosted = (exchange: Exchange): boolean =>
  exchange.stage === 'rcpt' && exchange.came.kind === 'reply' && exchange.came.meaning === 'domain_not_hosted';

/** "Not mine" from some hosts while others could not be asked proves nothing, except that these hosts would not take it from us. */
export function finalOf(recipient: Recipient, exchange: Exchange, hosts: readonly MailHost[]): Exchange {
  if (!saysNotHosted(exchange) || exchange.came.kind === 'failure') return exchange;
  if (hosts.every(({ name }) => recipient.notHostedBy.has(name))) return exchange;
  return { ...exchange, came: { ...exchange.came, meaning: 'relay_denied' } };
}

/** `550 5.7.1 <mx1.example>: Helo command rejected`: another sender of the same identity would use the same name again. */
const ABOUT_OUR_NAME = /\b(?:helo|ehlo)\b/i;
const isAboutOurName = ({ came }: Exchange): boolean => came.kind === 'reply' && ABOUT_OUR_NAME.test(came.reply.text);

/** A host that accepts the mailbox objects to the made-up name, not to us; another sender would get the same reply. */
const isOddlyRefused = (recipient: Recipient, exchange: Exchange, hasAccepted: boolean): boolean =>
  recipient.spec.kind === 'probe' && exchange.stage === 'rcpt' && hasAccepted && !isAboutOurName(exchange);

const ABOUT_US: readonly string[] = ['sender_blocked', 'sender_rejected', 'policy_other'];

function nextSenderAfter(recipient: Recipient, exchange: Exchange): Sender | null {
  if (exchange.came.kind === 'failure') return exchange.came.detail === 'EADDRNOTAVAIL' ? nextSenderOf(recipient, true) : null;
  const { meaning, reply } = exchange.came;
  const isBeforeMail = exchange.stage !== 'rcpt' && exchange.stage !== 'mail';
  if (meaning === 'sender_blocked') return nextSenderOf(recipient, true);
  if (meaning === 'sender_rejected') return nextSenderOf(recipient, isBeforeMail || isAboutOurName(exchange));
  // `501 5.1.7`, `553 sender?`: whatever the words, a permanent refusal of MAIL is a refusal of this sender.
  return exchange.stage === 'mail' && reply.code >= 500 ? nextSenderOf(recipient, false) : null;
}

function hasRouteWithout(recipient: Recipient, host: string, hosts: readonly MailHost[]): boolean {
  const { sender, excluded } = without(recipient, host);
  return openRoutes({ hosts, identity: sender.identity, excluded }).length > 0;
}

/** It came back after a wait and is told the same: this host may never change its mind. */
const isStillPutOff = ({ spec }: Recipient, { stage, came }: Exchange): boolean =>
  spec.kind === 'mailbox' &&
  spec.alone === 'no' &&
  spec.triplet !== null &&
  (stage === 'rcpt' || stage === 'mail') &&
  came.kind === 'reply' &&
  ['greylisted', 'temporary_failure'].includes(came.meaning);

/** What to exclude for only hosts and addresses that are no worse than this one to be left; null if there are none. */
function allButEquals(recipient: Recipient, { party }: Exchange, hosts: readonly MailHost[]): readonly string[] | null {
  const others = besides(hosts, party);
  if (others === null || party.provider !== null) return null;
  const { sender, excluded } = recipient;
  const isAnyLeft =
    openRoutes({ hosts, identity: sender.identity, excluded: new Set([...excluded, ...others.excluded]) }).length > 0;
  return isAnyLeft ? [...others.excluded] : null;
}

/** If TLS is demanded and cannot be had, no other sender helps, but another host may. */
function withoutTls(recipient: Recipient, exchange: Exchange, hosts: Circumstances['hosts']): Step {
  const { host, address } = exchange.party;
  const others = [host, routeId(host, address ?? '')].find((way) => hasRouteWithout(recipient, way, hosts));
  const isPerhapsElsewhere = exchange.stage !== 'helo' && exchange.stage !== 'connect' && others !== undefined;
  return isPerhapsElsewhere ? { kind: 'elsewhere', excluding: [others] } : { kind: 'settle', exchange };
}

export function nextStep(recipient: Recipient, exchange: Exchange, circumstances: Circumstances): Step {
  const { hosts, isFirst, hasAccepted = false } = circumstances;
  if (isTriedInPlain(recipient) && recipient.fallback !== null)
    return { kind: 'settle', exchange: isAcceptance(exchange) ? exchange : recipient.fallback };
  if (circumstances.canSecure && (wantsTls(exchange) || refusesUs(exchange))) return { kind: 'secure' };
  if (wantsTls(exchange)) return withoutTls(recipient, exchange, hosts);
  if (exchange.stage === 'rcpt' && !isFirst && isGroupTooLarge(exchange)) return { kind: 'smaller_group' };
  if (isOddlyRefused(recipient, exchange, hasAccepted)) return { kind: 'settle', exchange };
  const sender = nextSenderAfter(recipient, exchange);
  if (sender !== null) return { kind: 'become', sender };
  const { host } = exchange.party;
  const isNotOurs = exchange.came.kind === 'reply' && ['domain_not_hosted', 'relay_denied'].includes(exchange.came.meaning);
  if (exchange.stage === 'rcpt' && isNotOurs && hasRouteWithout(recipient, host, hosts))
    return { kind: 'elsewhere', excluding: [host] };
  const butEquals = isStillPutOff(recipient, exchange) ? allButEquals(recipient, exchange, hosts) : null;
  if (butEquals !== null) return { kind: 'elsewhere', excluding: butEquals };
  if (mayHelpInPlain(recipient, exchange, circumstances)) return { kind: 'in_plain' };
  const way = routeId(host, exchange.party.address ?? '');
  if (isAboutUs(recipient, exchange) && hasRouteWithout(recipient, way, hosts)) return { kind: 'away', excluding: way };
  return { kind: 'settle', exchange: finalOf(recipient, exchange, hosts) };
}

/** A mailbox that was refused because of us under TLS: in plain text only a yes tells more. */
export const isTriedInPlain = ({ spec }: Recipient): boolean => spec.kind === 'mailbox' && spec.tls === 'never';
export const isAcceptance = (exchange: Exchange): boolean => exchange.stage === 'rcpt' && isPositive(exchange);

/** The host refuses us, and might not do so in plain text. */
function mayHelpInPlain({ spec }: Recipient, exchange: Exchange, { canLeaveTls }: Circumstances): boolean {
  return spec.kind === 'mailbox' && exchange.party.provider === null && refusesUs(exchange) && canLeaveTls();
}

const refusesUs = ({ came, stage }: Exchange): boolean =>
  (stage === 'rcpt' || stage === 'mail') && came.kind === 'reply' && came.reply.code >= 500 && ABOUT_US.includes(came.meaning);

/** A refusal of us when a mailbox was named. A refusal in the greeting is handled while a session is looked for. */
function isAboutUs({ spec }: Recipient, { came, stage, party }: Exchange): boolean {
  if (spec.kind !== 'mailbox' || came.kind === 'failure' || party.provider !== null) return false;
  return (stage === 'rcpt' || stage === 'mail') && (came.meaning === 'sender_blocked' || came.meaning === 'sender_rejected');
}

/** What happens to a recipient: it gets its answer, or is asked again in some way. */
export type Outcome =
  | { kind: 'settle'; recipient: Recipient; exchange: Exchange }
  | { kind: 'again'; recipient: Recipient; step: Step['kind'] };

export function takeStep(recipient: Recipient, exchange: Exchange, step: Step): Outcome {
  if (step.kind === 'settle') return { kind: 'settle', recipient, exchange: step.exchange };
  const after = { ...recipient, fallback: moreTelling(recipient.fallback, exchange) };
  if (step.kind === 'secure')
    return { kind: 'again', recipient: { ...after, spec: { ...after.spec, tls: 'always' } }, step: step.kind };
  if (step.kind === 'in_plain') {
    const tried = { ...recipient, fallback: exchange, spec: { ...recipient.spec, tls: 'never' } as const };
    return { kind: 'again', recipient: tried, step: step.kind };
  }
  if (step.kind === 'become') return { kind: 'again', recipient: { ...after, sender: step.sender }, step: step.kind };
  if (step.kind === 'away') {
    const [sender = after.sender] = after.senders;
    return { kind: 'again', recipient: { ...without(after, step.excluding), sender, preferredHost: null }, step: step.kind };
  }
  const elsewhere = step.kind === 'elsewhere' ? step.excluding.reduce(without, after) : after;
  return { kind: 'again', recipient: elsewhere, step: step.kind };
}
