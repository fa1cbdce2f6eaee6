// Which settings a mode refuses although each is well formed: local mode an APP_URL that others can reach, production whatever
// would make accounts easy to take over, mail undeliverable or payments fake. Pure: strings in, sentences out. Each sentence says
// what to do.
import { isThisMachine } from './this-machine';

export type Given = Readonly<Record<string, string | undefined>>;
export interface SettingProblem {
  name: string;
  problem: string;
}
type Rule = readonly [name: string, check: (value: string | undefined) => string | null];

/** Keys of the stand-in for Stripe, which production must never run with. */
export const STAND_IN_KEY_PREFIX = 'sk_test_stand_in_';

const SECRET_MIN_CHARS = 32;
const SECRET_MIN_DISTINCT = 8;
/** What must remain after guessable words are removed: a prefix of words before random letters is fine. */
const SECRET_MIN_UNGUESSED_CHARS = 28;
/** Words and keyboard rows that no random generator produces: placeholders from manuals, and the secret of our own tests. */
const PLACEHOLDERS =
  /change.?(?:me|this|it)|secret|password|passphrase|example|placeholder|replace.?(?:me|this)|insert.?here|your.?(?:key|own|random)|for.?tests?.?only|development|production|nextauth|email.?verifier|0123456|1234567|abcdefgh|qwerty/gi;
const MAKE_A_SECRET = 'Make one with: openssl rand -base64 32';

/** Names where nobody can be reached: those of this machine or a local network (RFC 6761), and the one in our own manual. */
const NO_PUBLIC_DOMAIN = /(?:^|\.)(?:invalid|localhost|localdomain|local|lan|internal|home|arpa|your-domain\.com)$/;
/** `Name <user@host>` or `user@host`, without anything that could start another header or another address. */
const SENDER = /^(?:[^<>\r\n]*<([^\s<>@,;]+)@([^\s<>@,;]+)>|([^\s<>@,;]+)@([^\s<>@,;]+))$/;

const needed = (what: string) => (value: string | undefined) => (value === undefined ? `is needed: ${what}` : null);

const LOCAL_RULES: readonly Rule[] = [['APP_URL', localUrlProblem]];

const PRODUCTION_RULES: readonly Rule[] = [
  ['DATABASE_URL', needed('the address of your PostgreSQL, postgresql://user:password@host/database.')],
  ['APP_URL', publicUrlProblem],
  ['AUTH_SECRET', secretProblem],
  ['MAIL_URL', needed('the server that takes your mail, smtp://user:password@host:587.')],
  ['MAIL_FROM', senderProblem],
  ['STRIPE_SECRET_KEY', stripeKeyProblem],
  ['STRIPE_WEBHOOK_SECRET', needed('the signing secret of your webhook endpoint at Stripe (whsec_…).')],
  ['STRIPE_API_BASE', stripeBaseProblem],
];

export function findSettingProblems(mode: 'local' | 'production', given: Given): SettingProblem[] {
  return (mode === 'production' ? PRODUCTION_RULES : LOCAL_RULES).flatMap(([name, check]) => {
    const problem = check(given[name]);
    return problem === null ? [] : [{ name, problem }];
  });
}

function localUrlProblem(value: string | undefined): string | null {
  const url = parseUrl(value);
  if (url === null || isThisMachine(url.hostname)) return null;
  return `${url.origin} is not this machine, and local mode shows everybody's mail at /dev/outbox. To serve other people set APP_MODE=production; else leave APP_URL unset.`;
}

function publicUrlProblem(value: string | undefined): string | null {
  if (value === undefined) return 'is needed: the public address of the site, https://verify.your-domain.com.';
  const url = parseUrl(value);
  if (url === null || url.protocol === 'https:' || isThisMachine(url.hostname)) return null;
  return 'has to begin with https://. Over http, passwords and sessions could be read on the way: put a proxy with a certificate in front.';
}

function secretProblem(value: string | undefined): string | null {
  if (value === undefined) return `is needed: it protects sessions and links in mails. ${MAKE_A_SECRET}`;
  if (value.length < SECRET_MIN_CHARS) return `has to be at least ${SECRET_MIN_CHARS} characters long. ${MAKE_A_SECRET}`;
  if (value.replaceAll(PLACEHOLDERS, '').length < SECRET_MIN_UNGUESSED_CHARS)
    return `is made of words that can be guessed. ${MAKE_A_SECRET}`;
  if (isMonotonous(value)) return `repeats itself and can be guessed. ${MAKE_A_SECRET}`;
  return null;
}

/** Few different characters, or one short piece repeated. */
function isMonotonous(text: string): boolean {
  if (new Set(text).size < SECRET_MIN_DISTINCT) return true;
  const period = (text + text).indexOf(text, 1);
  return period < text.length && period < SECRET_MIN_CHARS;
}

function senderProblem(value: string | undefined): string | null {
  const wanted = 'Set it to an address of your own domain, for example: Email Verifier <no-reply@your-domain.com>';
  if (value === undefined) return `is needed: who mails come from. ${wanted}`;
  const [, , named, , bare] = SENDER.exec(value.trim()) ?? [];
  const domain = (named ?? bare)?.toLowerCase();
  if (domain === undefined) return `is not one email address. ${wanted}`;
  const isName = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]*$/u.test(domain);
  return isName && !NO_PUBLIC_DOMAIN.test(domain) ? null : `is at ${domain}, where nobody can be reached. ${wanted}`;
}

function stripeKeyProblem(value: string | undefined): string | null {
  if (value === undefined) return 'is needed: the secret or restricted key of your Stripe account (sk_… or rk_…).';
  // The stand-in answers over plain HTTP on loopback and never charges anybody.
  return value.startsWith(STAND_IN_KEY_PREFIX) ? "is the stand-in's. Set a key of your Stripe account." : null;
}

function stripeBaseProblem(value: string | undefined): string | null {
  return parseUrl(value)?.protocol === 'http:' ? 'has to be an https address, or unset.' : null;
}

/** Null if there is none, or if the schema has its own complaint. */
const parseUrl = (value: string | undefined): URL | null => (value !== undefined && URL.canParse(value) ? new URL(value) : null);
