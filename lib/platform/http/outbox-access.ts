// Whether this request may read the outbox of local mode. The outbox opens every account (reset links), so it is only for people
// at this machine: never for a request from elsewhere or through a proxy, and never under a host name that is not this machine's,
// which is how somebody else's page could reach it (DNS rebinding) and how a proxy shows its own name.
import 'server-only';
import { headers } from 'next/headers';
import { LOCAL_REQUEST_HEADER } from './client-address';
import { isOutboxOn } from '../mail/outbox';
import { isHostThisMachine } from '../env';

export async function maySeeOutbox(): Promise<boolean> {
  if (!isOutboxOn()) return false;
  const request = await headers();
  return request.get(LOCAL_REQUEST_HEADER) === '1' && isHostThisMachine(request.get('host') ?? '');
}
