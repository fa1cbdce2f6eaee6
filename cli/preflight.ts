// `preflight`: can this machine verify? Checks that the resolver tells the truth and that port 25 is open outward, and for each sending
// identity that its address is on this machine, that its HELO name and PTR agree, and that a mail host accepts it. Prints one JSON line for
// each check and a plain sentence for each failure; exits with 1 if any check fails. Finds mail hosts as the engine does, and dials no
// other.
import { Command } from 'commander';
import { isTrouble, resolverAdvice, resolverSentence, type ResolverHealth } from '@/lib/verdict/health';
import type { MailHost } from '@/lib/verdict/mail-host';
import { env, type Env } from '@/lib/platform/env';
import { findAgreedName, systemRoute } from '@/worker/adapters/identities/default-identity';
import { createResolverCheck } from '@/worker/adapters/dns/resolver-health';
import { createRoutability } from '@/worker/adapters/routability/routability';
import { composeDns, ownNameLookups } from '@/worker/compose';
import { resolveMailHosts } from '@/worker/engine/resolve-mail-hosts';
import { checkGreeting } from './greeting-check';
import { printLine } from './lines';

/** Any domain with a well-run mail host will do; the user can name another. */
const DEFAULT_DOMAIN = 'gmail.com';
const DNS_BUDGET_MS = 15_000;

interface Check {
  check: string;
  ok: boolean;
  detail: string;
  /** The check passed, but the user should know this. */
  warning?: string;
}

export function preflightCommand(): Command {
  return new Command('preflight')
    .description('Check whether this machine can verify.')
    .option('--domain <name>', 'domain whose mail host is contacted for a greeting', DEFAULT_DOMAIN)
    .action(async ({ domain }: { domain: string }, command: Command) => {
      let failed = 0;
      const isNamed = command.getOptionValueSource('domain') === 'cli';
      for await (const { warning, ...check } of runChecks(env(), { domain, isNamed })) {
        await printLine(check);
        if (warning !== undefined) console.error(`Warning: ${warning}`);
        if (!check.ok) {
          failed++;
          console.error(check.detail);
        }
      }
      if (failed === 0) console.error('This machine can verify.');
      process.exitCode = failed === 0 ? 0 : 1;
    });
}

interface Target {
  domain: string;
  /** The operator named this domain, and so vouches for it. */
  isNamed: boolean;
}

async function* runChecks(settings: Env, target: Target): AsyncGenerator<Check> {
  const [found, health] = await Promise.all([
    findMailHosts(settings, target.domain),
    createResolverCheck({ servers: settings.DNS_SERVERS })(),
  ]);
  yield { check: 'resolver', ...judgeResolver(found, health, target) };
  const identities = settings.SENDING_IDENTITIES.length > 0 ? settings.SENDING_IDENTITIES : [{ address: null, helo: null }];
  const port = settings.SMTP_PORT;
  for (const identity of identities) {
    const name = identity.address ?? 'default route';
    const greeted = found.ok
      ? await checkGreeting({ hosts: found.hosts, port, from: identity.address })
      : { ok: false, detail: `Port ${port} from ${name} could not be tested, because no mail host is known.` };
    yield { check: `port ${port} out (${name})`, ...greeted };
    yield await checkName(`PTR and HELO (${name})`, settings, identity);
  }
}

function judgeResolver(found: Hosts, health: ResolverHealth, { domain, isNamed }: Target): Omit<Check, 'check'> {
  if (!found.ok) {
    // A silent resolver is already reported by the lookup that failed.
    const isLying = isTrouble(health) && health.state !== 'silent';
    return { ok: false, detail: isLying ? `${resolverSentence(health)} ${resolverAdvice(health)}` : found.detail };
  }
  const detail = `Mail for ${domain} goes to ${found.hosts.map(({ name }) => name).join(', ')}.`;
  if (!isTrouble(health)) return { ok: true, detail };
  const words = `${resolverSentence(health)} ${resolverAdvice(health)}`;
  // Using a private resolver for private domains is a choice.
  return health.isChosen && isNamed ? { ok: true, detail, warning: words } : { ok: false, detail: words };
}

type Hosts = { ok: true; hosts: readonly MailHost[] } | { ok: false; detail: string };

const NOBODY = {
  no_domain: 'it does not exist',
  null_mx: 'it says that it takes no mail',
  no_mx: 'it has no mail host',
  unroutable: 'none of its mail hosts has a public address',
} as const;

async function findMailHosts(settings: Env, domain: string): Promise<Hosts> {
  const dns = composeDns(settings);
  const ports = {
    dns,
    routability: createRoutability(settings.SMTP_ALLOWED_PRIVATE_NETS),
    clock: { now: () => Date.now() },
    random: Math.random,
  };
  const { outcome } = await resolveMailHosts({ domain, deadline: Date.now() + DNS_BUDGET_MS, ports });
  dns.close();
  if (outcome.kind === 'hosts') return { ok: true, hosts: outcome.hosts };
  if (outcome.kind === 'temporary')
    return { ok: false, detail: `The resolver gives no answer about ${domain} (${outcome.detail}).` };
  return {
    ok: false,
    detail: `The resolver says about ${domain} that ${NOBODY[outcome.kind]}. Choose another domain with --domain.`,
  };
}

async function checkName(
  check: string,
  settings: Env,
  identity: { address: string | null; helo: string | null },
): Promise<Check> {
  const { forward, reverse } = ownNameLookups(settings.DNS_SERVERS);
  const helo = identity.helo?.toLowerCase() ?? null;
  const address = identity.address ?? (await systemRoute.sourceAddress());
  if (address === null) return { check, ok: false, detail: 'This machine has no route to the internet.' };
  // An address may have several PTR names; check the one we use first.
  const ownFirst = (names: readonly string[]) => names.toSorted((a, b) => Number(b === helo) - Number(a === helo));
  const named = async (of: string) => ownFirst((await reverse(of)).map((name) => name.toLowerCase()));
  const name = await findAgreedName(address, { forward, reverse: named });
  if (name === null)
    return {
      check,
      ok: false,
      detail: `${address} has no PTR name that resolves back to it. Many mail hosts refuse such senders.`,
    };
  if (helo !== null && helo !== name) {
    return { check, ok: false, detail: `The identity ${address} says HELO ${helo}, but its PTR name is ${name}.` };
  }
  return { check, ok: true, detail: `${address} and ${name} agree.` };
}
