// `preflight`: can this machine verify? Resolver, port 25 out, and for each sending identity whether its address is on this
// machine, its name and PTR agree, and a mail host lets it in. Prints one JSON line a check and a plain sentence for each
// that fails; exit 1 when any does. Says QUIT right after the greeting.
import { connect } from 'node:net';
import { Command } from 'commander';
import { env, type Env } from '@/lib/env';
import { findAgreedName, systemRoute } from '@/worker/adapters/identities/default-identity';
import { composeDns, ownNameLookups } from '@/worker/compose';
import { printLine } from './lines';

/** Any domain with a well-kept mail host will do; another can be named. */
const DEFAULT_DOMAIN = 'gmail.com';
const CONNECT_TIMEOUT_MS = 10_000;

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
  const hosts = await findMailHosts(settings, domain);
  yield hosts.ok
    ? { check: 'resolver', ok: true, detail: `${domain} has the mail host ${hosts.name} (${hosts.address}).` }
    : { check: 'resolver', ok: false, detail: hosts.detail };
  const identities = settings.SENDING_IDENTITIES.length > 0 ? settings.SENDING_IDENTITIES : [{ address: null, helo: null }];
  for (const identity of identities) {
    const name = identity.address ?? 'default route';
    if (hosts.ok)
      yield await checkPort(`port ${settings.SMTP_PORT} out (${name})`, {
        settings,
        host: hosts.address,
        from: identity.address,
      });
    yield await checkName(`PTR and HELO (${name})`, settings, identity);
  }
}

type Hosts = { ok: true; name: string; address: string } | { ok: false; detail: string };

async function findMailHosts(settings: Env, domain: string): Promise<Hosts> {
  const dns = composeDns(settings);
  const mx = await dns.mx(domain);
  if (mx.kind !== 'found') {
    return {
      ok: false,
      detail: `The resolver gave no mail host for ${domain} (${mx.kind === 'temporary' ? mx.detail : mx.kind}).`,
    };
  }
  const [best] = [...mx.records].sort((a, b) => a.preference - b.preference);
  const addresses = best ? await dns.addresses(best.exchange) : null;
  const address = addresses?.kind === 'found' ? addresses.records[0] : undefined;
  if (!best || address === undefined) return { ok: false, detail: `The mail host of ${domain} has no address.` };
  return { ok: true, name: best.exchange, address };
}

function checkPort(check: string, target: { settings: Env; host: string; from: string | null }): Promise<Check> {
  const port = target.settings.SMTP_PORT;
  return new Promise((done) => {
    const socket = connect({ host: target.host, port, ...(target.from !== null && { localAddress: target.from }) });
    const end = (ok: boolean, detail: string) => {
      socket.destroy();
      done({ check, ok, detail });
    };
    const blocked = `${target.host} can't be reached on port ${port}; many networks block outgoing mail ports`;
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => end(false, `${blocked} (no answer in ${CONNECT_TIMEOUT_MS / 1_000} s).`));
    socket.once('error', (error: NodeJS.ErrnoException) => end(false, `${blocked} (${error.code ?? error.message}).`));
    socket.once('data', (greeting) => {
      socket.write('QUIT\r\n');
      const words = greeting.toString('latin1').trim().slice(0, 200);
      end(words.startsWith('220'), words.startsWith('220') ? words : `The mail host does not welcome this machine: ${words}`);
    });
  });
}

async function checkName(
  check: string,
  settings: Env,
  identity: { address: string | null; helo: string | null },
): Promise<Check> {
  const lookups = ownNameLookups(settings.DNS_SERVERS);
  const address = identity.address ?? (await systemRoute.sourceAddress());
  if (address === null) return { check, ok: false, detail: 'This machine has no route to the internet.' };
  const name = await findAgreedName(address, lookups);
  if (name === null)
    return {
      check,
      ok: false,
      detail: `${address} has no PTR name that resolves back to it; many mail hosts refuse such senders.`,
    };
  if (identity.helo !== null && identity.helo.toLowerCase() !== name) {
    return { check, ok: false, detail: `The identity ${address} says HELO ${identity.helo}, but its PTR name is ${name}.` };
  }
  return { check, ok: true, detail: `${address} and ${name} agree.` };
}
