// `preflight`: can this machine verify? Resolver, port 25 out, and for each sending identity whether its address is on this
// machine, its name and PTR agree, and a mail host lets it in. Prints one JSON line a check and a plain sentence for each
// that fails; exit 1 when any does. Finds mail hosts as the engine does, and dials no other.
import { Command } from 'commander';
import type { MailHost } from '@/lib/domain/mail-host';
import { env, type Env } from '@/lib/env';
import { findAgreedName, systemRoute } from '@/worker/adapters/identities/default-identity';
import { createRoutability } from '@/worker/adapters/routability/routability';
import { composeDns, ownNameLookups } from '@/worker/compose';
import { resolveMailHosts } from '@/worker/engine/resolve-mail-hosts';
import { checkGreeting } from './greeting-check';
import { printLine } from './lines';

/** Any domain with a well-kept mail host will do; another can be named. */
const DEFAULT_DOMAIN = 'gmail.com';
const DNS_BUDGET_MS = 15_000;

interface Check {
  check: string;
  ok: boolean;
  detail: string;
}

export function preflightCommand(): Command {
  return new Command('preflight')
    .description('check whether this machine can verify')
    .option('--domain <name>', 'domain whose mail host is asked for a greeting', DEFAULT_DOMAIN)
    .action(async ({ domain }: { domain: string }) => {
      let failed = 0;
      for await (const check of runChecks(env(), domain)) {
        await printLine(check);
        if (!check.ok) {
          failed++;
          console.error(check.detail);
        }
      }
      if (failed === 0) console.error('This machine can verify.');
      process.exitCode = failed === 0 ? 0 : 1;
    });
}

async function* runChecks(settings: Env, domain: string): AsyncGenerator<Check> {
  const found = await findMailHosts(settings, domain);
  const names = found.ok ? found.hosts.map(({ name }) => name).join(', ') : '';
  yield { check: 'resolver', ok: found.ok, detail: found.ok ? `The mail of ${domain} goes to ${names}.` : found.detail };
  const identities = settings.SENDING_IDENTITIES.length > 0 ? settings.SENDING_IDENTITIES : [{ address: null, helo: null }];
  const port = settings.SMTP_PORT;
  for (const identity of identities) {
    const name = identity.address ?? 'default route';
    const greeted = found.ok
      ? await checkGreeting({ hosts: found.hosts, port, from: identity.address })
      : { ok: false, detail: `Port ${port} out of ${name} could not be tried, because no mail host is known.` };
    yield { check: `port ${port} out (${name})`, ...greeted };
    yield await checkName(`PTR and HELO (${name})`, settings, identity);
  }
}

type Hosts = { ok: true; hosts: readonly MailHost[] } | { ok: false; detail: string };

const NOBODY = {
  no_domain: 'it does not exist',
  null_mx: 'it says that it takes no mail',
  no_mx: 'it has no mail host',
  unroutable: 'none of its mail hosts has a public address',
} as const;

async function findMailHosts(settings: Env, domain: string): Promise<Hosts> {
  const ports = {
    dns: composeDns(settings),
    routability: createRoutability(settings.SMTP_ALLOWED_PRIVATE_NETS),
    clock: { now: () => Date.now() },
    random: Math.random,
  };
  const { outcome } = await resolveMailHosts({ domain, deadline: Date.now() + DNS_BUDGET_MS, ports });
  if (outcome.kind === 'hosts') return { ok: true, hosts: outcome.hosts };
  if (outcome.kind === 'temporary')
    return { ok: false, detail: `The resolver gives no answer about ${domain} (${outcome.detail}).` };
  return { ok: false, detail: `The resolver says of ${domain} that ${NOBODY[outcome.kind]}; name another domain with --domain.` };
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
  // An address may have several PTR names; the one we use is looked at first.
  const ownFirst = (names: readonly string[]) => names.toSorted((a, b) => Number(b === helo) - Number(a === helo));
  const named = async (of: string) => ownFirst((await reverse(of)).map((name) => name.toLowerCase()));
  const name = await findAgreedName(address, { forward, reverse: named });
  if (name === null)
    return {
      check,
      ok: false,
      detail: `${address} has no PTR name that resolves back to it; many mail hosts refuse such senders.`,
    };
  if (helo !== null && helo !== name) {
    return { check, ok: false, detail: `The identity ${address} says HELO ${helo}, but its PTR name is ${name}.` };
  }
  return { check, ok: true, detail: `${address} and ${name} agree.` };
}
