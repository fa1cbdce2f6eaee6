// What a session is set up with: whom it asks as whom, and what all sessions of the adapter share.
import type { Socket } from 'node:net';
import type { Provider, SendingIdentity } from '@/lib/verdict/mail-host';
import type { Stay } from '../destinations/destinations';
import type { HostMemory } from '../host/host-memory';
import type { SmtpDeps } from '../smtp-deps';

export interface SessionSetting {
  host: string;
  address: string;
  identity: SendingIdentity;
  /** As known from the names of the mail hosts. */
  provider: Provider | null;
  mxHosts: readonly string[];
  /** Null where nothing bounds the destination. */
  stay: Stay | null;
}

export interface SessionTools {
  deps: SmtpDeps;
  memory: HostMemory;
  sockets: { isClosed: boolean; trackSocket: (socket: Socket) => void };
}
