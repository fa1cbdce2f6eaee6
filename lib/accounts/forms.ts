// The fields and schemas of the account forms. An email address is stored in its normal form in lower case, which is how accounts are
// looked up.
import { z } from 'zod';
import { parseAddress } from '@/lib/verdict/address';
import { POLICY_NAMES } from '@/lib/verdict/verdict';
import { safeCallbackPath } from './rules/account';
import { PASSWORD_MAX_CHARS, PASSWORD_MIN_CHARS, PERSON_NAME_MAX_CHARS, WORKSPACE_NAME_MAX_CHARS } from '@/lib/platform/limits';

const CONTROL_CHARACTERS = /[\p{Cc}\p{Zl}\p{Zp}]/u;

export const emailField = z.string('Enter your email address.').transform((text, context) => {
  const parsed = parseAddress(text);
  if (parsed.ok) return parsed.address.normalized.toLowerCase();
  context.addIssue({ code: 'custom', message: parsed.problem === 'empty' ? 'Enter your email address.' : parsed.message });
  return z.NEVER;
});

export const newPasswordField = z
  .string('Choose a password.')
  .min(PASSWORD_MIN_CHARS, `Use at least ${PASSWORD_MIN_CHARS} characters.`)
  .max(PASSWORD_MAX_CHARS, `Use at most ${PASSWORD_MAX_CHARS} characters.`);

/** An existing password. Only its length is checked, so that a later rule locks nobody out. */
export const passwordField = z
  .string('Enter your password.')
  .min(1, 'Enter your password.')
  .max(PASSWORD_MAX_CHARS, 'This password is too long.');

const nameField = (maxChars: number) =>
  z
    .string()
    .trim()
    .max(maxChars, `Use at most ${maxChars} characters.`)
    .refine((name) => !CONTROL_CHARACTERS.test(name), 'Leave out line breaks and other control characters.');

export const personNameField = nameField(PERSON_NAME_MAX_CHARS).transform((name) => (name === '' ? null : name));

const checkedBox = (message: string) => z.literal('on', message);

/** Where to go afterwards. Anything that is not one of our pages means the first page. */
const returnField = z.unknown().transform((path) => safeCallbackPath(path));

export const tokenField = z.string().min(20).max(200);

export const signUpSchema = z.object({
  email: emailField,
  password: newPasswordField,
  terms: checkedBox('Accept the terms and the acceptable use policy to continue.'),
  callbackUrl: returnField,
});
export const signInSchema = z.object({ email: emailField, password: passwordField, callbackUrl: returnField });
export const emailOnlySchema = z.object({ email: emailField });
export const emailAndReturnSchema = emailOnlySchema.extend({ callbackUrl: returnField });
export const tokenOnlySchema = z.object({ token: tokenField });
/** Password and terms are sent by a browser that did not sign up. */
export const confirmSignUpSchema = z.object({
  token: tokenField,
  password: newPasswordField.optional(),
  terms: z.string().max(10).optional(),
});
export const newPasswordSchema = z.object({ token: tokenField, password: newPasswordField });
export const acceptTermsSchema = signUpSchema.pick({ terms: true, callbackUrl: true });
export const profileSchema = z.object({ name: personNameField });
export const workspaceSchema = z.object({
  workspaceName: nameField(WORKSPACE_NAME_MAX_CHARS).min(1, 'Give the workspace a name.'),
  policy: z.enum(POLICY_NAMES, 'Choose what the addresses are for.'),
});
export const changePasswordSchema = z.object({ currentPassword: passwordField, newPassword: newPasswordField });
/** An account without a password (it came by Google, GitHub or a mailed link) sends none. */
export const changeEmailSchema = z.object({ email: emailField, password: z.string().max(PASSWORD_MAX_CHARS).default('') });
/** As for a change of address, an account without a password sends none. */
export const deleteAccountSchema = z.object({ password: z.string().max(PASSWORD_MAX_CHARS).default('') });
