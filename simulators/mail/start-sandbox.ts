// The embedded mail internet: real DNS and SMTP on loopback for the domains of the sandbox's catalog, so that the whole pipeline can be
// tried on any machine. Guarantees: nothing leaves loopback, and no message is ever accepted; several sandboxes can run side by side; the
// engine needs to know only a resolver and a dial route. Serves no addresses but its own: 198.18.0.0/15 is reserved for tests (RFC 2544)
// and never routed.
import { SANDBOX_BEHAVIOURS, SANDBOX_GREYLIST_DELAY_S, sandboxDomain } from '@/lib/verdict/sandbox-catalog';
import { createSecureContext } from 'node:tls';
import { startDnsServer } from './dns-server';
import { planDomains, type DomainPlan, type MailHostPlan } from './domain-plans';
import { startMailHost, type MailHost } from './mail-host';
import { createSelfSignedCertificate } from './self-signed-certificate';
import { createSmtpSession } from './smtp-session';
import { createZone } from './zone';

export interface SandboxOptions {
  greylistDelayMs?: number;
  tarpitByteEveryMs?: number;
  idleMaxMs?: number;
  /** Current time in milliseconds, for greylisting. */
  now?: () => number;
}

export interface SandboxTarget {
  host: string;
  port: number;
  /** Always null: a source address of the outside world cannot reach loopback. */
  localAddress: null;
}

export interface SandboxDomainStats {
  connections: number;
  /** RCPT commands received. */
  probes: number;
}

export interface Sandbox {
  /** `host:port`; resolves `sandbox.test` and refuses every other name. */
  dnsServer: string;
  /** Where to connect instead, or null if the address is not the sandbox's. */
  dial(address: string, port: number, localAddress: string | null): SandboxTarget | null;
  /** True for exactly those addresses that `dial` knows. */
  isSandboxAddress(address: string): boolean;
  /** DATA and BDAT commands received so far, all refused. */
  readonly dataCommands: number;
  /** By domain; the objects are live. */
  readonly stats: ReadonlyMap<string, Readonly<SandboxDomainStats>>;
  close(): Promise<void>;
}

const TARPIT_BYTE_EVERY_MS = 1_000;
const IDLE_MAX_MS = 60_000;
const CONNECTIONS_MAX = 1_000;
/** tcpmux: no system assigns it as a free port, so connections to it are refused. */
const CLOSED_PORT = 1;

interface PlannedHost {
  domain: string;
  plan: MailHostPlan;
  address: string;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const plans = planDomains({
    greylist: { delayMs: options.greylistDelayMs ?? SANDBOX_GREYLIST_DELAY_S * 1_000, now: options.now ?? Date.now },
    tarpitByteEveryMs: options.tarpitByteEveryMs ?? TARPIT_BYTE_EVERY_MS,
  });
  const hosts = numberHosts(SANDBOX_BEHAVIOURS.map((behavior) => ({ domain: sandboxDomain(behavior), plan: plans[behavior] })));
  const stats = new Map(SANDBOX_BEHAVIOURS.map((behavior) => [sandboxDomain(behavior), { connections: 0, probes: 0 }]));
  const counts = { dataCommands: 0 };
  const { ports, running } = await startHosts(hosts, { stats, counts, idleMaxMs: options.idleMaxMs ?? IDLE_MAX_MS });
  const dns = await startDnsServer(createZone(plans, hosts));

  return {
    dnsServer: dns.server,
    // A host answers on any port, so the sandbox works with any SMTP_PORT.
    dial: (address) => {
      const port = ports.get(address);
      return port === undefined ? null : { host: '127.0.0.1', port, localAddress: null };
    },
    isSandboxAddress: (address) => ports.has(address),
    get dataCommands() {
      return counts.dataCommands;
    },
    stats,
    close: async () => {
      await Promise.all([dns.close(), ...running.map((host) => host.close())]);
    },
  };
}

/** Assigns each mail host one address of 198.18.0.0/15, in the order of the catalog. */
function numberHosts(domains: readonly { domain: string; plan: DomainPlan }[]): PlannedHost[] {
  return domains
    .flatMap(({ domain, plan }) => hostPlansOf(plan).map((host) => ({ domain, plan: host })))
    .map((host, i) => ({ ...host, address: host.plan.address ?? `198.18.${(i + 1) >> 8}.${(i + 1) & 0xff}` }));
}

function hostPlansOf(plan: DomainPlan): readonly MailHostPlan[] {
  if (plan.kind === 'mx') return plan.hosts;
  return plan.kind === 'implicit' ? [plan.host] : [];
}

async function startHosts(
  hosts: readonly PlannedHost[],
  {
    stats,
    counts,
    idleMaxMs,
  }: { stats: ReadonlyMap<string, SandboxDomainStats>; counts: { dataCommands: number }; idleMaxMs: number },
): Promise<{ ports: Map<string, number>; running: MailHost[] }> {
  const certificate = createSecureContext(await createSelfSignedCertificate(sandboxDomain('starttls-required')));
  const ports = new Map<string, number>();
  const running: MailHost[] = [];
  for (const { domain, plan, address } of hosts) {
    const domainStats = stats.get(domain);
    if (plan.address !== null || domainStats === undefined) continue;
    if (plan.script === null) {
      ports.set(address, CLOSED_PORT);
      continue;
    }
    const { script, name: host } = plan;
    const onCommand = (verb: string): void => {
      if (verb === 'RCPT') domainStats.probes += 1;
      if (verb === 'DATA' || verb === 'BDAT') counts.dataCommands += 1;
    };
    const mailHost = await startMailHost({
      voiceFor: ({ remoteAddress: client = '127.0.0.1' }) => {
        domainStats.connections += 1;
        return createSmtpSession({ script, host, domain, client, onCommand });
      },
      certificate,
      idleMaxMs,
      connectionsMax: CONNECTIONS_MAX,
      ...(script.byteEveryMs === undefined ? {} : { byteEveryMs: script.byteEveryMs }),
    });
    ports.set(address, mailHost.port);
    running.push(mailHost);
  }
  return { ports, running };
}
