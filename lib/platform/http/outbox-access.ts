// Whether this request may read the outbox of local mode. The outbox gives access to every account (reset links), so it is only for people
// at this machine. Requests from elsewhere or through a proxy are refused. So is any host name that is not this machine's: another site's
// page could reach the outbox under such a name (DNS rebinding), and a proxy shows its own name.
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
