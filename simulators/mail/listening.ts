// Loopback ports for the simulators: one that the system assigns, and one number for both UDP and TCP.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** The system assigns the UDP port; if the same TCP port is taken, another one is tried. */
const PORT_ATTEMPTS = 10;

/** Throws for servers that do not listen on TCP, which is a bug of the caller. */
export function listeningPort(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a simulator without a TCP port');
  return address.port;
}

/** UDP and TCP on one port, as DNS needs it. */
export async function listenOnOnePort(host: string): Promise<{ udp: Socket; tcp: Server; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const udp = createSocket('udp4');
    udp.bind(0, host);
    await once(udp, 'listening');
    const { port } = udp.address();
    const tcp = createServer();
    tcp.listen(port, host);
    try {
      await once(tcp, 'listening');
      return { udp, tcp, port };
    } catch (error) {
      udp.close();
      if (attempt === PORT_ATTEMPTS) throw error;
    }
  }
}
