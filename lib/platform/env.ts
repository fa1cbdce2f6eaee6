// The only reader of process.env. Parsed once, on first use; missing and malformed settings become one error that names each of
// them. In local mode every missing setting has a working default; production refuses to start without what it needs.
import { z } from 'zod';
import { readFileSync } from 'node:fs';
import { findSettingProblems } from './setting-rules';

export { STAND_IN_KEY_PREFIX } from './setting-rules';

/** In local mode webhooks may go to programs on this machine. */
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
  return `These settings have to be changed (APP_MODE=${mode ?? 'local'}; .env.example explains each):\n${lines.join('\n')}`;
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
