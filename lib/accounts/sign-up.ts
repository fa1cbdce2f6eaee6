// Signing up: stores what was entered and mails a link. Entering data never creates an account, a workspace or a key; only a person who
// reads the mailbox does. The answer is the same after the same work whether or not the address has an account: one hash, one row, and the
// mail is chosen after the answer. The password entered at sign-up counts only in the browser that entered it: the link proves the mailbox
// and nothing else, and the person who signed up first could have been a stranger.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { authSecret } from '@/lib/platform/env';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { VERIFY_LINK_TTL_S, PASSWORD_MAX_CHARS } from '@/lib/platform/limits';
import type { Mail } from '@/lib/platform/mail/compose';
import { postMail } from '@/lib/platform/mail/send';
import { limitAttempts, limitResend } from './attempts';
import { emailField } from './forms';
import { accountExistsMail, confirmAddressMail } from './mails';
import { findPasswordProblem, hashPassword } from './passwords';
import { consumeSignUp, findSignUp, findSignUpOf, insertSignUp, prolongSignUp, type SignUpRow } from './store/tokens';
import { createUserRow, findUserByEmail } from './store/users';
import { createOwnedWorkspace } from './store/workspaces';
import { makePersonalWorkspace, workspaceName } from './workspaces';

const TOKEN = /^(sup_[0-9A-Z]{26})-([\w-]{43})$/;

/** The form's schema requires that the terms were accepted. The time is stored with the account. */
export interface SignUp {
  email: string;
  password: string;
  /** Hash of the cookie of the browser that signs up. */
  browserHash: string;
  /** Where the visitor was going; checked to be a path of this site. */
  callbackPath: string;
}

export async function signUp({ password, ...wanted }: SignUp, clientKey: string | null): Promise<Result<void>> {
  const limited = await limitAttempts('sign_up', { clientKey, email: wanted.email });
  if (!limited.ok) return limited;
  const problem = await findPasswordProblem(password, wanted.email);
  if (problem !== null) return fail('invalid_request', { fields: { password: problem } });
  const passwordHash = await hashPassword(password);
  const { id } = await insertSignUp({ ...wanted, passwordHash, expiresAt: linkEnd() });
  postMail(() => findSignUpMail({ id, email: wanted.email }));
  return ok(undefined);
}

export interface MailedAgain {
  clientKey: string | null;
  /** The requesting browser. If there are several sign-ups, that browser's own is preferred. */
  browserHash: string | null;
}

/** Mails the link again. Does not reveal whether there was anything to send. */
export async function resendVerification(email: string, { clientKey, browserHash }: MailedAgain): Promise<Result<void>> {
  const limited = await limitResend('verify', { clientKey, email });
  if (!limited.ok) return limited;
  postMail(async () => ((await findUserByEmail(email)) === null ? findConfirmingMail(email, browserHash) : null));
  return ok(undefined);
}

/** The mail with a pending sign-up's link, valid for the full time again; null if there is no sign-up. */
export async function findConfirmingMail(email: string, browserHash: string | null): Promise<Mail | null> {
  const waiting = await findSignUpOf(email, browserHash);
  if (waiting === null) return null;
  await prolongSignUp(waiting.id, linkEnd());
  return confirmAddressMail(email, signUpToken(waiting.id));
}

export interface WaitingSignUp {
  email: string;
  /** This browser signed up, so its password counts. */
  isOwnBrowser: boolean;
}

/** What a mailed link is about, so that its page can ask the right thing; null if the link does not work. */
export async function findWaitingSignUp(token: string, browserHash: string | null): Promise<WaitingSignUp | null> {
  const row = await findSignUpByToken(token);
  return row && { email: row.email, isOwnBrowser: row.browserHash === browserHash };
}

export interface Confirmation {
  token: string;
  /** Hash of this browser's cookie; null if it has none. */
  browserHash: string | null;
  /** Requested in a browser that did not sign up; ignored in the one that did. */
  password: string | null;
  hasAcceptedTerms: boolean;
}

/**
 * The button behind "confirm my address": turns the sign-up into an account. In a browser that did not sign up, the person chooses the
 * password and accepts the terms, and inherits nothing that was entered before.
 */
export async function confirmSignUp(
  confirmation: Confirmation,
  clientKey: string | null,
): Promise<Result<{ userId: string; workspaceId: string; callbackPath: string }>> {
  const limited = await limitAttempts('mailed_link', { clientKey });
  if (!limited.ok) return limited;
  const row = await findSignUpByToken(confirmation.token);
  if (row === null) return outOfDate();
  const credentials = await settleCredentials(row, confirmation);
  if (!credentials.ok) return credentials;
  const made = await makeAccount(row, credentials.value);
  if (made === 'used') return outOfDate();
  if (made === 'taken') return fail('conflict', { detail: 'This address already has an account. Sign in to it.' });
  return ok({ ...made, callbackPath: row.callbackPath });
}

/** The stored form of the secret of a browser that signed up. */
export const hashBrowserSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** The link's secret is derived from ours, so it can be mailed again, and a copy of the database opens no account. */
export const signUpToken = (id: string): string => `${id}-${macOf(id)}`;

/** The sign-up behind a mailed link, while the link works. Does not consume the link. */
export async function findSignUpByToken(token: string): Promise<SignUpRow | null> {
  const [, id, mac] = TOKEN.exec(token) ?? [];
  if (id === undefined || mac === undefined) return null;
  return timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(id))) ? findSignUp(id) : null;
}

const macOf = (id: string): string => createHmac('sha256', authSecret()).update(`sign-up:${id}`).digest('base64url');

async function findSignUpMail({ id, email }: { id: string; email: string }): Promise<Mail> {
  return (await findUserByEmail(email)) === null ? confirmAddressMail(email, signUpToken(id)) : accountExistsMail(email);
}

const linkEnd = (): Date => new Date(Date.now() + VERIFY_LINK_TTL_S * 1_000);

const outOfDate = () =>
  fail('not_found', { detail: 'This link was already used or has expired. Sign in, or sign up again for a new one.' });

interface Credentials {
  passwordHash: string;
  termsAcceptedAt: Date;
}

async function settleCredentials(row: SignUpRow, confirmation: Confirmation): Promise<Result<Credentials>> {
  if (row.browserHash === confirmation.browserHash) return ok({ passwordHash: row.passwordHash, termsAcceptedAt: row.createdAt });
  const { password, hasAcceptedTerms } = confirmation;
  if (password === null) return fail('forbidden', { detail: 'Open the link in the email again to choose a password.' });
  const problem = await findPasswordProblem(password, row.email);
  const fields = {
    ...(problem !== null && { password: problem }),
    ...(!hasAcceptedTerms && { terms: 'Accept the terms and the acceptable use policy to continue.' }),
  };
  if (Object.keys(fields).length > 0) return fail('invalid_request', { fields });
  return ok({ passwordHash: await hashPassword(password), termsAcceptedAt: new Date() });
}

function makeAccount(
  row: SignUpRow,
  credentials: Credentials,
): Promise<{ userId: string; workspaceId: string } | 'used' | 'taken'> {
  return inTransaction(async (tx) => {
    if (!(await consumeSignUp(row, tx))) return 'used';
    const user = await createUserRow({ email: row.email, name: null, emailVerified: new Date(), ...credentials }, tx);
    if (user === null) return 'taken';
    const { workspaceId } = await makePersonalWorkspace(user.id, row.email, tx);
    return { userId: user.id, workspaceId };
  });
}

// Creates an account from the command line: already confirmed, with the terms accepted. The operator is trusted to choose a strong
// password, so only its length is checked. Refuses an address that already has an account.

export interface NewAccount {
  email: string;
  password: string;
}

export interface MadeAccount {
  userId: string;
  workspaceId: string;
}

/** `endow` gives the new workspace its credits, in the same transaction. */
export async function createAccount(
  account: NewAccount,
  endow: (made: MadeAccount, tx: Tx) => Promise<void>,
): Promise<Result<MadeAccount>> {
  const email = emailField.safeParse(account.email);
  if (!email.success) return fail('invalid_request', { detail: email.error.issues[0]?.message ?? 'The address is not valid.' });
  if (account.password === '' || account.password.length > PASSWORD_MAX_CHARS) {
    return fail('invalid_request', { detail: `The password must have 1 to ${PASSWORD_MAX_CHARS} characters.` });
  }
  const passwordHash = await hashPassword(account.password);
  const made = await inTransaction(async (tx) => {
    const now = new Date();
    const user = await createUserRow(
      { email: email.data, passwordHash, name: null, emailVerified: now, termsAcceptedAt: now },
      tx,
    );
    if (user === null) return null;
    const { workspaceId } = await createOwnedWorkspace(user.id, workspaceName(email.data), tx);
    const account = { userId: user.id, workspaceId };
    await endow(account, tx);
    return account;
  });
  return made === null ? fail('conflict', { detail: 'This address already has an account.' }) : ok(made);
}
