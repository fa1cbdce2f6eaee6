// Passwords: which are strong enough, and how they are stored. Refuses passwords that are known from breaches, trivial, or built from the
// person's own address. The check works offline; its word lists come with the estimator and are loaded on first use. Passwords are stored
// as argon2id. An unknown account takes the same time as a wrong password, so response time does not reveal who has an account.
import { hash, verify } from '@node-rs/argon2';
import { PASSWORD_MIN_SCORE } from '@/lib/platform/limits';

type Judge = (password: string, ownWords: string[]) => number;

/** Shorter parts of an address (me@…) would rule out half of all passwords. */
const OWN_WORD_MIN_CHARS = 4;

/** The first words that people think of on this site. */
const SITE_WORDS = ['email', 'verifier', 'emailverifier', 'verify', 'mailbox'];

/**
 * OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane. Each hash carries its parameters, so they can be raised later.
 * argon2id is the library's default.
 */
const ARGON2_PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

let judge: Promise<Judge> | undefined;

let decoy: Promise<string> | undefined;

/** Returns one plain sentence, or null if the password is good enough. */
export async function findPasswordProblem(password: string, email: string): Promise<string | null> {
  const ownWords = wordsOf(email);
  const plain = password.toLowerCase();
  if (ownWords.some((word) => plain.includes(word))) return 'Leave your own address out of the password.';
  judge ??= loadJudge();
  if ((await judge)(password, [...ownWords, ...SITE_WORDS]) >= PASSWORD_MIN_SCORE) return null;
  return 'This password is too easy to guess or known from a breach. Longer helps most: try a few unrelated words.';
}

export const hashPassword = (password: string): Promise<string> => hash(password, ARGON2_PARAMETERS);

/** Without a hash (no account, or one without a password) it returns false after the same work. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const matches = await verify(passwordHash ?? (await decoy), password);
  return matches && passwordHash !== null;
}

function wordsOf(email: string): string[] {
  const at = email.lastIndexOf('@');
  const words = [email, email.slice(0, at), ...email.slice(0, at).split(/[.+_-]/), email.slice(at + 1)];
  return [...new Set(words.map((word) => word.toLowerCase()))].filter((word) => word.length >= OWN_WORD_MIN_CHARS);
}

async function loadJudge(): Promise<Judge> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const estimator = new ZxcvbnFactory({ dictionary: { ...dictionary }, graphs: adjacencyGraphs });
  return (password, ownWords) => estimator.check(password, ownWords).score;
}
