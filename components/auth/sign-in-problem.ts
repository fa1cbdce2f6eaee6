// What next-auth reports, in our words. The code can also come from the address bar, so an unknown one is never shown: it gets the general
// sentence.

export interface SignInProblem {
  message: string;
  /** The password was right, but the mailbox is not confirmed yet. */
  isUnconfirmed: boolean;
}

const SENTENCES: ReadonlyMap<string, string> = new Map([
  ['unauthenticated', 'The address or the password is wrong.'],
  ['CredentialsSignin', 'The address or the password is wrong.'],
  ['Verification', 'This sign-in link was already used or has expired. Ask for a new one.'],
  ['OAuthAccountNotLinked', 'This address uses another sign-in method. Sign in the way you did before.'],
  ['AccessDenied', 'That account can’t be used to sign in: its email address isn’t confirmed.'],
  ['unavailable', 'The service is briefly unavailable. Try again in a few seconds.'],
  ['unreachable', 'We couldn’t reach the server. Check your connection and try again.'],
]);

const GENERAL = 'We couldn’t sign you in. Try again in a moment.';
const RATE_LIMITED = /^rate_limited:(\d{1,6})$/;

export function signInProblem(word: string | null): SignInProblem {
  if (word === 'forbidden') return { message: 'Confirm your address first.', isUnconfirmed: true };
  const seconds = RATE_LIMITED.exec(word ?? '')?.[1];
  const message =
    seconds === undefined
      ? (SENTENCES.get(word ?? '') ?? GENERAL)
      : `Too many attempts. Try again in ${waitInWords(Number(seconds))}.`;
  return { message, isUnconfirmed: false };
}

const waitInWords = (seconds: number): string => (seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`);
