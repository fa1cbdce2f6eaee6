// Refuses passwords that are known from breaches, trivial, or made of the person's own address. Offline: the word lists come
// with the estimator and are loaded at the first use only. Answers one plain sentence, or null for a password that will do.
import { PASSWORD_MIN_SCORE } from '@/lib/domain/limits';

type Judge = (password: string, ownWords: string[]) => number;

/** A shorter piece of an address (me@…) would refuse half of all passwords. */
const OWN_WORD_MIN_CHARS = 4;

/** What everybody thinks of first on this very site. */
const SITE_WORDS = ['email', 'verifier', 'emailverifier', 'verify', 'mailbox'];

let judge: Promise<Judge> | undefined;

export async function findPasswordProblem(password: string, email: string): Promise<string | null> {
  const ownWords = wordsOf(email);
  const plain = password.toLowerCase();
  if (ownWords.some((word) => plain.includes(word))) return 'Leave your own address out of the password.';
  judge ??= loadJudge();
  if ((await judge)(password, [...ownWords, ...SITE_WORDS]) >= PASSWORD_MIN_SCORE) return null;
  return 'This password is too easy to guess or known from a breach. Longer helps most: try a few unrelated words.';
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
