// What the account forms send. An address is kept as its normal form in lower case, the way accounts are looked up.
import { z } from 'zod';
import { parseAddress } from '@/lib/domain/address';
import { PASSWORD_MAX_CHARS, PASSWORD_MIN_CHARS, PERSON_NAME_MAX_CHARS } from '@/lib/domain/limits';

const CONTROL_CHARACTERS = /[\p{Cc}\p{Zl}\p{Zp}]/u;

export const emailField = z.string('Enter your e-mail address.').transform((text, context) => {
  const parsed = parseAddress(text);
  if (parsed.ok) return parsed.address.normalized.toLowerCase();
  context.addIssue({ code: 'custom', message: parsed.problem === 'empty' ? 'Enter your e-mail address.' : parsed.message });
  return z.NEVER;
});

export const newPasswordField = z
  .string('Choose a password.')
  .min(PASSWORD_MIN_CHARS, `Use at least ${PASSWORD_MIN_CHARS} characters.`)
  .max(PASSWORD_MAX_CHARS, `Use at most ${PASSWORD_MAX_CHARS} characters.`);

/** An existing password: only bounded, so that rules made later lock nobody out. */
export const passwordField = z
  .string('Enter your password.')
  .min(1, 'Enter your password.')
  .max(PASSWORD_MAX_CHARS, 'This password is too long.');

export const personNameField = z
  .string()
  .trim()
  .max(PERSON_NAME_MAX_CHARS, `Use at most ${PERSON_NAME_MAX_CHARS} characters.`)
  .refine((name) => !CONTROL_CHARACTERS.test(name), 'Leave out line breaks and other control characters.')
  .transform((name) => (name === '' ? null : name));

const checkedBox = (message: string) => z.literal('on', message);

export const tokenField = z.string().min(20).max(200);

export const signUpSchema = z.object({
  email: emailField,
  password: newPasswordField,
  terms: checkedBox('Accept the terms and the acceptable use policy to go on.'),
});
export const credentialsSchema = z.object({ email: emailField, password: passwordField });
export const emailOnlySchema = z.object({ email: emailField });
export const tokenOnlySchema = z.object({ token: tokenField });
export const newPasswordSchema = z.object({ token: tokenField, password: newPasswordField });
export const acceptTermsSchema = signUpSchema.pick({ terms: true });
export const profileSchema = z.object({ name: personNameField });
export const changePasswordSchema = z.object({ currentPassword: passwordField, newPassword: newPasswordField });
/** An account that has no password (it came by Google, GitHub or a mailed link) sends none. */
export const changeEmailSchema = z.object({ email: emailField, password: z.string().max(PASSWORD_MAX_CHARS).default('') });
export const deleteAccountSchema = z.object({ typedEmail: z.string().trim().max(1_000) });
