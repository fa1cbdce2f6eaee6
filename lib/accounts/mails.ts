// The mails about accounts: links to sign up, sign in, choose a password or move to another address, and notices of changes, including the
// account's deletion. Each says what happened, how long its link works, and what to do if it was not the reader.
import { DELETION_WAIT_DAYS } from '@/lib/platform/limits';
import { composeMail, type Mail, mailDay, siteLink } from '@/lib/platform/mail/compose';
import type { AccountNotice } from './notices';
import type { AccessKind } from './rules/account';

const ACCESS_NAMES: Readonly<Record<AccessKind, [string, string]>> = {
  key: ['API key', 'API keys'],
  webhook: ['webhook', 'webhooks'],
  sign_in: ['linked sign-in', 'linked sign-ins'],
};

const keepButton = () => ({ label: 'Keep my account', url: siteLink('/settings/delete') });

/** For an account without a password. */
export const confirmDeletionMail = (to: string, token: string): Mail =>
  composeMail(to, {
    subject: 'Confirm that you want to delete your account',
    paragraphs: [
      'You asked to delete your Email Verifier account. Nothing has happened yet: confirm it with this link.',
      `After that you have ${DELETION_WAIT_DAYS} days to change your mind.`,
    ],
    button: { label: 'Confirm the deletion', url: siteLink('/confirm-deletion', { token }) },
    after: ['The link works once, for one hour. If this wasn’t you, you can ignore this email: your account stays as it is.'],
  });

const deletionScheduledMail = (to: string, at: string): Mail =>
  composeMail(to, {
    subject: `Your account will be deleted on ${mailDay(at)}`,
    paragraphs: [
      `Your Email Verifier account is scheduled for deletion on ${mailDay(at)}. Until then you can sign in and keep it.`,
      'API keys have stopped working and lists are paused. If your plan would renew before that day, it won’t. Keeping the account turns all of this on again.',
    ],
    button: keepButton(),
    after: ['If this wasn’t you, keep the account with this link and change your password.'],
  });

const deletionTomorrowMail = (to: string, at: string): Mail =>
  composeMail(to, {
    subject: 'Your account will be deleted tomorrow',
    paragraphs: [
      `Your Email Verifier account will be deleted on ${mailDay(at)}, with its lists, results, API keys and remaining credits. This can’t be undone afterwards.`,
      'If you want to keep it, or download anything first, sign in before then.',
    ],
    button: keepButton(),
  });

const deletionUndoneMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'Your account will not be deleted',
    paragraphs: ['You kept your Email Verifier account. API keys work again, and paused lists resume.'],
    button: { label: 'Open the dashboard', url: siteLink('/dashboard') },
  });

const deletionStoppedMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'Your account was not deleted',
    paragraphs: [
      'Your account was to be deleted today, but you are now the last owner of a workspace that has other members. Deleting it would leave them without an owner, so your account was kept.',
      'Make someone else an owner, then delete the account again.',
    ],
    button: { label: 'Open the settings', url: siteLink('/settings') },
  });

const accountDeletedMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'Your account was deleted',
    paragraphs: [
      'Your Email Verifier account was deleted, with its workspace, lists, results, API keys and remaining credits. A paid plan has ended, and nothing more is charged.',
    ],
    after: ['This can’t be undone. You are welcome to sign up again at any time.'],
  });

export function accountNoticeMail(to: string, notice: AccountNotice): Mail {
  switch (notice.kind) {
    case 'deletion_scheduled':
      return deletionScheduledMail(to, notice.at);
    case 'deletion_tomorrow':
      return deletionTomorrowMail(to, notice.at);
    case 'deletion_undone':
      return deletionUndoneMail(to);
    case 'deletion_stopped':
      return deletionStoppedMail(to);
    case 'account_deleted':
      return accountDeletedMail(to);
  }
}

/** For an address that already has an account, when somebody signs up with it. */
export const accountExistsMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'You already have an account',
    paragraphs: [
      'Someone, hopefully you, tried to create an Email Verifier account with this address. It already has one, so nothing was changed.',
      `If you forgot your password, choose a new one at ${siteLink('/forgot-password')}.`,
    ],
    button: { label: 'Sign in', url: siteLink('/signin') },
    after: ['If it wasn’t you, you can ignore this email.'],
  });

/** For the old address, once the account has moved. */
export const addressChangedMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'Your email address was changed',
    paragraphs: ['Your Email Verifier account now uses another email address; this one can no longer sign in.'],
    after: ['If it wasn’t you, someone else has access to your account: contact the operator of this site right away.'],
  });

/** For the owner of an account, when another account requests a move to its address. */
export const addressTakenMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'An account wanted to use your address',
    paragraphs: [
      'Someone, possibly you, asked to use this address for another Email Verifier account. This address already has an account, so nothing was changed.',
      'To use it for the other account, first delete this one or change its address.',
    ],
  });

export const confirmAddressMail = (to: string, token: string): Mail =>
  composeMail(to, {
    subject: 'Confirm your email address',
    paragraphs: [
      'Someone, hopefully you, signed up for Email Verifier with this address. Confirm that it is yours to open the account.',
    ],
    button: { label: 'Confirm my address', url: siteLink('/verify-email', { token }) },
    after: [
      'The link works once, for 24 hours. Open it in the browser that you signed up with, or choose a new password there. If you didn’t sign up, ignore this email: without your confirmation there is no account.',
    ],
  });

/** For the new address of an account. */
export const confirmNewAddressMail = (to: string, token: string): Mail =>
  composeMail(to, {
    subject: 'Confirm your new email address',
    paragraphs: ['Someone, hopefully you, wants to use this address for an Email Verifier account.'],
    button: { label: 'Use this address', url: siteLink('/confirm-email-change', { token }) },
    after: ['The link works once, for one hour. If this wasn’t you, you can ignore this email: nothing has changed.'],
  });

export const magicLinkMail = (to: string, link: { token: string; callbackPath: string }): Mail =>
  composeMail(to, {
    subject: 'Your sign-in link',
    paragraphs: ['Here is the link to sign in to Email Verifier without a password.'],
    button: { label: 'Sign in', url: siteLink('/magic-link', { token: link.token, email: to, callbackUrl: link.callbackPath }) },
    after: [
      'The link works once, for one hour. If you didn’t ask for it, you can ignore this email. Don’t share the link with anyone.',
    ],
  });

/** For an address without an account, when a new password is requested for it. Otherwise its owner would wait for a mail. */
export const noAccountMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'There is no account with this address',
    paragraphs: [
      'Someone, hopefully you, asked to choose a new password for an Email Verifier account with this address. No such account exists.',
      'You may have signed up with another address. If you have no account yet, you can create one.',
    ],
    button: { label: 'Sign up', url: siteLink('/signup') },
    after: ['If it wasn’t you, you can ignore this email.'],
  });

/** `working`: how many items of each kind were created before. They work until their owner revokes them. */
export function passwordChangedMail(to: string, working: Readonly<Record<AccessKind, number>>): Mail {
  const parts = (['key', 'webhook', 'sign_in'] as const)
    .filter((kind) => working[kind] > 0)
    .map((kind) => `${working[kind]} ${ACCESS_NAMES[kind][working[kind] === 1 ? 0 : 1]}`);
  return composeMail(to, {
    subject: 'Your password was changed',
    paragraphs: [
      'The password of your Email Verifier account was changed just now, and every other session was signed out.',
      parts.length === 0
        ? 'There are no earlier API keys, webhooks or linked sign-ins.'
        : `Created earlier and still working: ${new Intl.ListFormat('en').format(parts)}. If someone else may have had access to your account, review them and revoke what you don’t recognize.`,
    ],
    ...(parts.length > 0 && { button: { label: 'Review access', url: siteLink('/settings/access') } }),
    after: [`If it wasn’t you, choose a new password right away: ${siteLink('/forgot-password')}`],
  });
}

export const resetPasswordMail = (to: string, token: string): Mail =>
  composeMail(to, {
    subject: 'Choose a new password',
    paragraphs: ['Someone, hopefully you, asked to choose a new password for your Email Verifier account.'],
    button: { label: 'Choose a new password', url: siteLink('/reset-password', { token }) },
    after: ['The link works once, for one hour. If this wasn’t you, you can ignore this email: your password stays the same.'],
  });
