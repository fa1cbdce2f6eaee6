// What the plans give for free. Monthly credits are given once to each mailbox, and only to a permanent one. The mailbox is found
// by stripping what makes two spellings of one address, more aggressively than anywhere else: a tag is dropped even if it is one
// only by custom, because a mistake here costs somebody a gift and never their mail. Answers that are free although mail hosts or
// name servers were asked have a daily allowance (UTC), so that nobody can have others asked endlessly without paying.
import { FREE_PLAN_CREDITS_A_MONTH } from '@/lib/platform/limits';
import { type Address, parseAddress } from '@/lib/verdict/address';
import { findProviderSyntaxProblem, withoutPlusTag } from '@/lib/verdict/mailbox-rules';
import type { Reason } from '@/lib/verdict/verdict';
import { formatCount } from '@/lib/platform/numbers';
import { creditsFor } from './ledger';
import { PAID_PLANS, planOf } from '@/lib/accounts/rules/plans';

export const FREE_CREDITS_STATES = [
  'pending',
  'given',
  'temporary_mailbox',
  'alias_service',
  'mailbox_used',
  'month_used',
] as const;
export type FreeCreditsState = (typeof FREE_CREDITS_STATES)[number];

/** What an address's domain provides: mailboxes, temporary ones, or aliases of mailboxes elsewhere. */
export type MailboxKind = 'mailbox' | 'temporary' | 'alias';
export type JudgeMailbox = (domain: string) => MailboxKind | Promise<MailboxKind>;

/** Providers whose accounts have the same name on several domains. */
const SAME_MAILBOX: ReadonlyMap<string, string> = new Map(
  [
    ['icloud.com', 'me.com mac.com'],
    ['proton.me', 'protonmail.com protonmail.ch pm.me'],
    ['fastmail.com', 'fastmail.fm'],
  ].flatMap(([to = '', from = '']) => from.split(' ').map((domain): [string, string] => [domain, to])),
);

/** Fastmail's sub-domain addressing: `anything@user.fastmail.com` is `user@fastmail.com`. */
const FASTMAIL_SUBDOMAIN = /^([^.]+)\.(fastmail\.(?:com|fm))$/;

const ASK_NOBODY: readonly Reason[] = ['syntax_invalid', 'provider_syntax', 'blocklisted'];

/** One spelling for all addresses that reach the same mailbox, as far as that can be known. */
export function freeCreditMailbox({ canonical }: Pick<Address, 'canonical'>): string {
  const at = canonical.lastIndexOf('@');
  const [local, domain] = [canonical.slice(0, at).toLowerCase(), canonical.slice(at + 1).toLowerCase()];
  const fastmail = FASTMAIL_SUBDOMAIN.exec(domain);
  const name = fastmail?.[1] ?? local;
  const host = fastmail?.[2] ?? domain;
  return `${withoutPlusTag(name)}@${SAME_MAILBOX.get(host) ?? host}`;
}

/** Why a workspace has no free credits, for its pages; null if there is nothing to explain. */
export function freeCreditsSentence(state: FreeCreditsState): { title: string; text: string } | null {
  const amount = `The ${FREE_PLAN_CREDITS_A_MONTH} free credits a month`;
  switch (state) {
    case 'given':
      return null;
    case 'pending':
      return { title: 'Your free credits are on their way', text: 'They are added within a minute. You can start already.' };
    case 'temporary_mailbox':
      return {
        title: 'No free credits for this address',
        text: `${amount} go to permanent mailboxes, and yours is at a provider of temporary ones. Everything else works. You can buy credits, or change your address in the settings to get them.`,
      };
    case 'alias_service':
      return {
        title: 'No free credits for this address',
        text: `${amount} go to mailboxes, and yours is an alias that forwards to one. Everything else works. You can buy credits, or change your address in the settings to get them.`,
      };
    case 'mailbox_used':
      return {
        title: 'No free credits for this account',
        text: `${amount} go once to each mailbox, and another account with this mailbox already has them. Everything else works, and you can buy credits.`,
      };
    case 'month_used':
      return {
        title: 'This month’s free credits are used',
        text: 'This mailbox had this month’s free credits in an account that was deleted. The next ones come when the month ends. Until then everything else works, and you can buy credits.',
      };
  }
}

/** Answers that syntax or memory decides ask nobody and are not counted. */
export const isFreeButAsked = (reason: Reason): boolean => creditsFor(reason) === 0 && !ASK_NOBODY.includes(reason);

/** True if nobody has to be asked: it is not an address, or its provider can't have such a mailbox. */
export function isDecidedBySyntax(email: string): boolean {
  const parsed = parseAddress(email);
  return !parsed.ok || findProviderSyntaxProblem(parsed.address) !== null;
}

export interface FreeAnswers {
  /** Today's. */
  used: number;
  plan: string;
}

export const freeAnswersAllowed = (plan: string): number => planOf(plan).freeAnswersADay;

export const areFreeAnswersUsedUp = ({ used, plan }: FreeAnswers): boolean => used >= freeAnswersAllowed(plan);

/** When the count starts over. */
export const nextUtcMidnight = (now: Date): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1));

export const secondsToUtcMidnight = (now: Date): number =>
  Math.max(1, Math.ceil((nextUtcMidnight(now).getTime() - now.getTime()) / 1_000));

/** Says what is used up, and when or how there will be more. */
export const freeAnswersProblem = (plan: string): string =>
  `Today’s allowance of ${formatCount(freeAnswersAllowed(plan))} free answers is used up. It resets at 00:00 UTC${
    PAID_PLANS.at(-1) === plan ? '' : '; larger plans have more'
  }.`;
