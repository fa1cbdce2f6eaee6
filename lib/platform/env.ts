// The only reader of process.env. Settings are parsed once, on first use. All missing and malformed settings are reported in one error
// that names each. In local mode every missing setting has a working default; production refuses to start without the settings it needs.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import ipaddr from 'ipaddr.js';

/** Prefix of the keys of the stand-in for Stripe, which must never be used in production. */
export const STAND_IN_KEY_PREFIX = 'sk_test_stand_in_';

/** In local mode, webhooks may go to programs on this machine. */
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

const identitySchema = z.array(
  z.object({
    address: z.union([z.ipv4(), z.ipv6()]).nullable().default(null),
    helo: z
      .string()
      .min(1)
      .max(255)
      .regex(/^[^\s<>]+$/, 'must be a host name or address literal'),
    mail_from: z
      .string()
      .max(254)
      .regex(/^[^\s<>]*$/, 'must be an address or empty')
      .default(''),
  }),
);

const listOf = (separator: RegExp) =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(separator)
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    );

const secret = z.string().min(16, 'must be at least 16 characters').optional();
const port = z.coerce.number().int().min(1).max(65_535);

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  APP_MODE: z.enum(['local', 'production']).default('local'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_DIR: z.string().default('.data'),
  PORT: port.default(3000),
  APP_URL: z.url({ protocol: /^https?$/ }).optional(),
  AUTH_SECRET: secret,
  DNS_SERVERS: listOf(/,/),
  SMTP_PORT: port.default(25),
  SMTP_ALLOWED_PRIVATE_NETS: listOf(/[,\s]+/),
  SENDING_IDENTITIES: z.string().optional().transform(readIdentities),
  MAIL_SANDBOX: z.enum(['on', 'off']).optional(),
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(16).default(0),
  WEBHOOK_ALLOWED_PRIVATE_NETS: listOf(/[,\s]+/),
  OPERATOR_EMAILS: listOf(/[,\s]+/),
  CONTACT_EMAIL: z.email().optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  MAIL_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^[sr]k_/, 'must be a secret or restricted key (sk_… or rk_…)')
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_/, 'must be the signing secret of a webhook endpoint (whsec_…)')
    .optional(),
  STRIPE_API_BASE: z.url({ protocol: /^https?$/ }).optional(),
  /** Stripe Tax has to be set up in the account before it can be used. */
  STRIPE_TAX: z.enum(['on', 'off']).default('off'),
  MAIL_FROM: z.string().default('Email Verifier <no-reply@localhost>'),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(1_000).default(20),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export type Env = Omit<z.infer<typeof schema>, 'MAIL_SANDBOX' | 'APP_URL'> & { APP_URL: string; MAIL_SANDBOX: 'on' | 'off' };

let current: Env | undefined;

/** The settings of this process. */
export function env(): Env {
  current ??= parseEnv(process.env);
  return current;
}

/** Throws one Error whose message names every setting that is missing or wrong, and what to do about it. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  const malformed = (parsed.error?.issues ?? []).map(({ path, message }) => ({ name: String(path[0]), problem: message }));
  const refused = findSettingProblems(given.APP_MODE === 'production' ? 'production' : 'local', given);
  const problems = [...malformed, ...refused.filter(({ name }) => malformed.every((other) => other.name !== name))];
  if (!parsed.success || problems.length > 0) throw new Error(complaint(given.APP_MODE, problems));
  const env = parsed.data;
  return {
    ...env,
    APP_URL: (env.APP_URL ?? `http://localhost:${env.PORT}`).replace(/\/$/, ''),
    WEBHOOK_ALLOWED_PRIVATE_NETS:
      env.APP_MODE === 'local' && given.WEBHOOK_ALLOWED_PRIVATE_NETS === undefined ? LOOPBACK : env.WEBHOOK_ALLOWED_PRIVATE_NETS,
    MAIL_SANDBOX: env.MAIL_SANDBOX ?? (env.APP_MODE === 'local' ? 'on' : 'off'),
  };
}

function complaint(mode: string | undefined, problems: readonly { name: string; problem: string }[]): string {
  const lines = problems.map(({ name, problem }) => `  ${name}: ${problem}`);
  return `These settings must be changed (APP_MODE=${mode ?? 'local'}; .env.example explains each):\n${lines.join('\n')}`;
}

function readIdentities(text: string | undefined, context: z.RefinementCtx): z.infer<typeof identitySchema> {
  if (text === undefined || text.trim() === '') return [];
  try {
    const json: unknown = JSON.parse(text.trimStart().startsWith('[') ? text : readFileSync(text, 'utf8'));
    const parsed = identitySchema.safeParse(json);
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: z.prettifyError(parsed.error) });
  } catch (error) {
    context.addIssue({
      code: 'custom',
      message: `is neither JSON nor a readable file (${error instanceof Error ? error.message : 'unknown'})`,
    });
  }
  return z.NEVER;
}

// The secret that seals sessions. In local mode `npm start` creates one and keeps it. A process without it must fail, never make one up.
export function authSecret(): string {
  const secret = env().AUTH_SECRET;
  if (secret === undefined) throw new Error('AUTH_SECRET is not set; `npm start` sets it for its processes.');
  return secret;
}

// Settings that are well formed but that a mode refuses. Local mode refuses an APP_URL that others can reach; production refuses whatever
// would make accounts easy to take over, mail undeliverable or payments fake. Pure: it takes strings and returns sentences, each of which
// says what to do.

export type Given = Readonly<Record<string, string | undefined>>;
export interface SettingProblem {
  name: string;
  problem: string;
}
type Rule = readonly [name: string, check: (value: string | undefined) => string | null];

const SECRET_MIN_CHARS = 32;
const SECRET_MIN_DISTINCT = 8;
/** How many characters must remain after guessable words are removed. A prefix of words before random letters is fine. */
const SECRET_MIN_UNGUESSED_CHARS = 28;
/** Words and keyboard rows that no random generator produces: placeholders from manuals, and the secret of our own tests. */
const PLACEHOLDERS =
  /change.?(?:me|this|it)|secret|password|passphrase|example|placeholder|replace.?(?:me|this)|insert.?here|your.?(?:key|own|random)|for.?tests?.?only|development|production|nextauth|email.?verifier|0123456|1234567|abcdefgh|qwerty/gi;
const MAKE_A_SECRET = 'Make one with: openssl rand -base64 32';

/** Names at which nobody can be reached: those of this machine or a local network (RFC 6761), and the placeholder in our own manual. */
const NO_PUBLIC_DOMAIN = /(?:^|\.)(?:invalid|localhost|localdomain|local|lan|internal|home|arpa|your-domain\.com)$/;
/** `Name <user@host>` or `user@host`, without anything that could start another header or another address. */
const SENDER = /^(?:[^<>\r\n]*<([^\s<>@,;]+)@([^\s<>@,;]+)>|([^\s<>@,;]+)@([^\s<>@,;]+))$/;

const needed = (what: string) => (value: string | undefined) => (value === undefined ? `is required: ${what}` : null);

/** Null if there is no value, or if it is malformed, which the schema reports. */
const parseUrl = (value: string | undefined): URL | null => (value !== undefined && URL.canParse(value) ? new URL(value) : null);

export const isLoopbackAddress = (address: string): boolean =>
  (ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address)) && ipaddr.process(address).range() === 'loopback';

const LOCAL_RULES: readonly Rule[] = [['APP_URL', localUrlProblem]];

const PRODUCTION_RULES: readonly Rule[] = [
  ['DATABASE_URL', needed('the URL of your PostgreSQL database, postgresql://user:password@host/database.')],
  ['APP_URL', publicUrlProblem],
  ['AUTH_SECRET', secretProblem],
  ['MAIL_URL', needed('the server that sends your mail, smtp://user:password@host:587.')],
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
  return `${url.origin} is not this machine, and local mode shows everybody's mail at /dev/outbox. To serve other people, set APP_MODE=production; otherwise leave APP_URL unset.`;
}

function publicUrlProblem(value: string | undefined): string | null {
  if (value === undefined) return 'is required: the public URL of the site, https://verify.your-domain.com.';
  const url = parseUrl(value);
  if (url === null || url.protocol === 'https:' || isThisMachine(url.hostname)) return null;
  return 'must begin with https://. Over http, passwords and sessions can be read in transit: put a proxy with a certificate in front.';
}

function secretProblem(value: string | undefined): string | null {
  if (value === undefined) return `is required: it protects sessions and links in emails. ${MAKE_A_SECRET}`;
  if (value.length < SECRET_MIN_CHARS) return `must be at least ${SECRET_MIN_CHARS} characters long. ${MAKE_A_SECRET}`;
  if (value.replaceAll(PLACEHOLDERS, '').length < SECRET_MIN_UNGUESSED_CHARS)
    return `is made of words that can be guessed. ${MAKE_A_SECRET}`;
  if (isMonotonous(value)) return `repeats itself, so it can be guessed. ${MAKE_A_SECRET}`;
  return null;
}

/** True if the text has few different characters, or is one short piece repeated. */
function isMonotonous(text: string): boolean {
  if (new Set(text).size < SECRET_MIN_DISTINCT) return true;
  const period = (text + text).indexOf(text, 1);
  return period < text.length && period < SECRET_MIN_CHARS;
}

function senderProblem(value: string | undefined): string | null {
  const wanted = 'Set it to an address of your own domain, for example: Email Verifier <no-reply@your-domain.com>';
  if (value === undefined) return `is required: the sender of all emails. ${wanted}`;
  const [, , named, , bare] = SENDER.exec(value.trim()) ?? [];
  const domain = (named ?? bare)?.toLowerCase();
  if (domain === undefined) return `is not one email address. ${wanted}`;
  const isName = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]*$/u.test(domain);
  return isName && !NO_PUBLIC_DOMAIN.test(domain) ? null : `is at ${domain}, where nobody can be reached. ${wanted}`;
}

function stripeKeyProblem(value: string | undefined): string | null {
  if (value === undefined) return 'is required: the secret or restricted key of your Stripe account (sk_… or rk_…).';
  // The stand-in answers over plain HTTP on loopback and never charges anybody.
  return value.startsWith(STAND_IN_KEY_PREFIX) ? 'belongs to the Stripe stand-in. Set a key of your Stripe account.' : null;
}

function stripeBaseProblem(value: string | undefined): string | null {
  return parseUrl(value)?.protocol === 'http:' ? 'must be an https URL, or unset.' : null;
}

// Names that mean this machine and nothing else: loopback. A machine's host name or LAN address does not count, because others can reach
// it there.

/** `localhost`, `*.localhost` (RFC 6761 6.3), 127.0.0.0/8 and ::1, as a URL's `hostname` writes them. */
export function isThisMachine(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || isLoopbackAddress(name.replace(/^\[|\]$/g, ''));
}

/** For a `Host` header, which may include a port. */
export function isHostThisMachine(host: string): boolean {
  return URL.canParse(`http://${host}`) && isThisMachine(new URL(`http://${host}`).hostname);
}
