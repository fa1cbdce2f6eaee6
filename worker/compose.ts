// Wires the engine to its adapters, for the worker, the command line and benchmarks. Persistence is passed in as small stores. To the
// engine, the sandbox is only a resolver and a dial route.
import { Resolver } from 'node:dns/promises';
import type { JudgeMailbox, MailboxKind } from '@/lib/credits/rules/free';
import type { Env } from '@/lib/platform/env';
import { DNS_QUESTION_MAX_MS, DNS_TRIES_A_SERVER, DOMAIN_LOOKUP_MAX_MS } from '@/lib/platform/limits';
import type { EngineAnswer } from '@/lib/verdict/answer';
import type { DomainFacts } from '@/lib/verdict/stored';
import type { CatchAllStore, SendingIdentity } from '@/lib/verdict/mail-host';
import type { ResolverHealth } from '@/lib/verdict/health';
import { SANDBOX_ZONE } from '@/lib/verdict/sandbox-catalog';
import type { Sandbox } from '@/simulators/mail/start-sandbox';
import { type ClosableDnsPort, createDnsPort, reverseName } from './adapters/dns/port';
import { createResolverCheck, createResolverWatch } from './adapters/dns/resolver-health';
import type { ZoneRoute } from './adapters/dns/ask-servers';
import { findDefaultIdentity, systemRoute } from './adapters/identities/default-identity';
import { createLists } from './adapters/lists/create-lists';
import { createRoutability } from './adapters/routability/routability';
import { createProbeNames } from './adapters/smtp/catch-all/catch-all';
import { createSmtpPort } from './adapters/smtp/create-smtp-port';
import type { DestinationStore } from './adapters/smtp/destinations/destinations';
import type { DialRoute } from './adapters/smtp/ports';
import type { SendingHealthStore } from './adapters/smtp/reputation/reputation';
import { withinDeadline } from './engine/deadlines';
import { describeDomain } from './engine/describe-domain';
import type { Subject } from './engine/findings';
import { verifyAddress, type VerifyOptions } from './engine/pipeline';
import type { Clock, DnsPort, ListsPort } from './engine/ports';
import { findHostKey, isAtProvider, recognizeProvider } from './engine/providers/recognize-provider';
import { classifyReply } from './engine/replies/classify';
import { redactReply } from './engine/replies/redact';
import { parseRetryAfterS } from './engine/replies/retry-after';

/** Looking up our own name must not delay the start for long. */
const OWN_NAME_TIMEOUT_MS = 700;
const PROVIDER_LOOKUP_MS = 3_000;

export type EngineSettings = Pick<
  Env,
  'DNS_SERVERS' | 'SMTP_PORT' | 'SMTP_ALLOWED_PRIVATE_NETS' | 'SENDING_IDENTITIES' | 'MAIL_SANDBOX' | 'AUTH_SECRET'
>;

export interface Engine {
  verify(subject: Subject, options?: VerifyOptions): Promise<EngineAnswer>;
  /** A key for who takes a domain's mail: a provider's id, else the registrable domain of its mail host, else its own name. */
  hostKeyOf(domain: string, deadline: number): string | Promise<string>;
  /** Whether all mail hosts of a domain belong to one known provider, whose pace then bounds how much the domain is asked. */
  isAtProvider(domain: string): boolean | Promise<boolean>;
  /** Checks whether the resolver tells the truth. The result determines how far its answers are trusted from then on. */
  checkResolver(): Promise<ResolverHealth>;
  /** What DNS and the lists say about a domain. */
  describeDomain(domain: string): Promise<DomainFacts>;
  /** Whether a domain gives out mailboxes that last. */
  judgeMailbox: JudgeMailbox;
  /** Sends QUIT on warm connections and ends everything. */
  close(): Promise<void>;
}

export interface EngineParts {
  settings: EngineSettings;
  catchAll: CatchAllStore;
  /** The health of our identities, shared by all workers; omitted: known only to this process. */
  health?: SendingHealthStore;
  /** Hourly use of mail hosts, counted across all workers; omitted: only sessions are bounded, in this process. */
  destinations?: DestinationStore;
  /** Told of an error in our own code that cost a conversation with a mail host; omitted: thrown, which ends the process. */
  onFault?: (error: unknown) => void;
  /** A sandbox that the caller started; omitted: the engine starts one if settings ask for it. */
  sandbox?: Sandbox;
}

export async function composeEngine({
  settings,
  catchAll,
  health,
  destinations,
  onFault,
  sandbox: given,
}: EngineParts): Promise<Engine> {
  const sandbox = settings.MAIL_SANDBOX === 'on' ? (given ?? (await startOwnSandbox())) : null;
  const clock = { now: () => Date.now() };
  const dns = composeDns(settings, sandbox ? [{ zone: SANDBOX_ZONE, server: sandbox.dnsServer }] : []);
  const publicRoutability = createRoutability(settings.SMTP_ALLOWED_PRIVATE_NETS);
  const routability = {
    isDialable: (address: string) => publicRoutability.isDialable(address) || sandbox?.isSandboxAddress(address) === true,
  };
  const identities = await sendingIdentities(settings);
  const smtp = createSmtpPort({
    identities,
    port: settings.SMTP_PORT,
    dial: dialRoute(sandbox),
    routability,
    clock,
    randomName: createProbeNames(settings.AUTH_SECRET ?? ''),
    classify: classifyReply,
    parseRetryAfterS,
    redact: redactReply,
    recognizeProvider,
    catchAll,
    ...(health === undefined ? {} : { health }),
    ...(destinations === undefined ? {} : { destinations }),
    ...(onFault === undefined ? {} : { onFault }),
    // A sandbox address is our own listener, not a mail host.
    isUnbounded: (address) => sandbox?.isSandboxAddress(address) === true,
  });
  const resolver = createResolverWatch({
    check: createResolverCheck({ servers: settings.DNS_SERVERS }),
    isChosen: settings.DNS_SERVERS.length > 0,
    clock,
    ownZones: sandbox ? [SANDBOX_ZONE] : [],
  });
  const names = identities.map(({ helo }) => helo);
  const ports = { clock, dns, resolver, routability, smtp, lists: createLists(), identities: names, random: Math.random };
  return {
    verify: (subject, options) => verifyAddress(subject, ports, options),
    hostKeyOf: (domain, deadline) => findHostKey(domain, deadline, { dns, clock }),
    isAtProvider: (domain) => isAtProvider(domain, clock.now() + PROVIDER_LOOKUP_MS, { dns, clock }),
    checkResolver: () => resolver.check(),
    describeDomain: (domain) => describeDomain(domain, clock.now() + DOMAIN_LOOKUP_MAX_MS, ports),
    judgeMailbox: (domain) => judgeMailbox(domain, ports),
    close: async () => {
      await smtp.close();
      dns.close();
      if (sandbox !== given) await sandbox?.close();
    },
  };
}

/** Loaded dynamically, since production runs and ships without the sandbox. */
async function startOwnSandbox(): Promise<Sandbox> {
  const { startSandbox } = await import('@/simulators/mail/start-sandbox');
  return startSandbox();
}

/** DNS through the operator's resolvers, or the system's if none are set. */
export function composeDns(settings: Pick<Env, 'DNS_SERVERS'>, zoneRoutes: readonly ZoneRoute[] = []): ClosableDnsPort {
  const servers = settings.DNS_SERVERS.length > 0 ? settings.DNS_SERVERS : null;
  return createDnsPort({ servers, timeoutMs: DNS_QUESTION_MAX_MS, tries: DNS_TRIES_A_SERVER, zoneRoutes });
}

function dialRoute(sandbox: Sandbox | null): DialRoute {
  return (address, port, localAddress) => sandbox?.dial(address, port, localAddress) ?? { host: address, port, localAddress };
}

async function sendingIdentities(settings: EngineSettings): Promise<SendingIdentity[]> {
  if (settings.SENDING_IDENTITIES.length > 0) {
    return settings.SENDING_IDENTITIES.map(({ address, helo, mail_from }) => ({ address, helo, mailFrom: mail_from }));
  }
  return [await findDefaultIdentity({ ...systemRoute, ...ownNameLookups(settings.DNS_SERVERS) })];
}

/** Reverse and forward lookups with a short timeout, which return nothing instead of an error. */
export function ownNameLookups(servers: readonly string[]) {
  const resolver = new Resolver({ timeout: OWN_NAME_TIMEOUT_MS, tries: 1 });
  if (servers.length > 0) resolver.setServers(servers);
  const quiet = (names: Promise<string[]>) => names.catch((): string[] => []);
  return {
    reverse: (address: string) => quiet(resolver.resolvePtr(reverseName(address))),
    forward: async (name: string) => (await Promise.all([quiet(resolver.resolve4(name)), quiet(resolver.resolve6(name))])).flat(),
  };
}

// What kind of mailbox a domain offers, by the lists of disposable domains and alias services and by mail hosts that many disposable
// domains share. If the resolver does not answer in time, only the lists decide.

const MX_LOOKUP_MS = 3_000;

export interface JudgePorts {
  lists: Pick<ListsPort, 'disposable' | 'disposableByMx' | 'relay' | 'free'>;
  dns: Pick<DnsPort, 'mx'>;
  clock: Clock;
}

export async function judgeMailbox(domain: string, { lists, dns, clock }: JudgePorts): Promise<MailboxKind> {
  if (lists.relay(domain) !== null) return 'alias';
  if (lists.disposable(domain) !== null) return 'temporary';
  if (lists.free(domain)) return 'mailbox';
  const answer = await Promise.resolve(withinDeadline(dns.mx(domain), clock.now() + MX_LOOKUP_MS, clock)).catch(() => null);
  const hosts = answer?.kind === 'found' ? answer.records.map(({ exchange }) => exchange) : [];
  return lists.disposableByMx(hosts) === null ? 'mailbox' : 'temporary';
}
