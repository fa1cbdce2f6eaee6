// For tests only: finds a sandbox domain's mail hosts through DNS and connects to them, as any sender would, without the engine.
import { sandboxDomain, type SandboxBehavior } from '@/lib/verdict/sandbox-catalog';
import { askUdp, query } from './raw-dns-client';
import { dialSmtp, type RawSmtpClient } from './raw-smtp-client';
import type { Sandbox } from './start-sandbox';

/** Addresses of the domain's mail hosts as DNS gives them, in order. */
export async function addressesOf(behavior: SandboxBehavior, sandbox: Sandbox): Promise<string[]> {
  const domain = sandboxDomain(behavior);
  const mx = await askUdp(sandbox.dnsServer, query(domain, 'MX'));
  const hosts = (mx.answers ?? []).flatMap((record) => (record.type === 'MX' ? [record.data.exchange] : []));
  const addresses: string[] = [];
  for (const host of hosts.length === 0 ? [domain] : hosts) {
    const answer = await askUdp(sandbox.dnsServer, query(host, 'A'));
    addresses.push(...(answer.answers ?? []).flatMap((record) => (record.type === 'A' ? [record.data] : [])));
  }
  return addresses;
}

export async function connectTo(behavior: SandboxBehavior, sandbox: Sandbox): Promise<RawSmtpClient> {
  for (const address of await addressesOf(behavior, sandbox)) {
    const target = sandbox.dial(address, 25, null);
    if (target === null) throw new Error(`not the sandbox's: ${address}`);
    try {
      return await dialSmtp(target);
    } catch {
      // Try the next mail host, as any sender would.
    }
  }
  throw new Error('no mail host can be reached');
}

/** Reads the greeting and sends EHLO; returns the announced extensions. */
export async function greet(client: RawSmtpClient): Promise<string> {
  await client.reply();
  return client.ask('EHLO probe.example');
}
