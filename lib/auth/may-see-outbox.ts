// Whether this request may read the outbox of local mode. The outbox opens every account (reset links), so it is for the
// machine it stands on and its own network: never for a client with a public address, and never under a host name that is
// not ours, by which a page of somebody else's could reach it (DNS rebinding).
import 'server-only';
import ipaddr from 'ipaddr.js';
import { headers } from 'next/headers';
import { clientAddress } from '@/lib/api/client-address';
import { env } from '@/lib/env';
import { isOutboxOn } from '@/lib/mail/outbox';

const OWN_NETWORKS = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat']);

export async function maySeeOutbox(): Promise<boolean> {
  if (!isOutboxOn()) return false;
  const request = await headers();
  return isOwnNetwork(clientAddress(request)) && isOwnName(request.get('host') ?? '');
}

const isOwnNetwork = (address: string): boolean => ipaddr.isValid(address) && OWN_NETWORKS.has(ipaddr.parse(address).range());

function isOwnName(host: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  if (hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === new URL(env().APP_URL).hostname) return true;
  return ipaddr.isValid(hostname.replace(/^\[|\]$/g, ''));
}
