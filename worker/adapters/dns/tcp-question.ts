// One question to one DNS server over TCP, for replies that UDP cuts and for ways that lose packets (RFC 7766). Promises to hear one
// reply at most, and that nothing is left open when the listener stops.
import { connect } from 'node:net';
import { detailOf, type Listener, type ServerAddress, type StopListening } from './udp-wire';

/** RFC 1035 4.2.2: two octets of length before the message, which bound it as well. */
const LENGTH_OCTETS = 2;

export function askOverTcp({ address, port }: ServerAddress, message: Buffer, listener: Listener): StopListening {
  const socket = connect({ host: address, port });
  const length = Buffer.alloc(LENGTH_OCTETS);
  length.writeUInt16BE(message.length);
  socket.write(Buffer.concat([length, message]));
  let received = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    if (received.length < LENGTH_OCTETS) return;
    const end = LENGTH_OCTETS + received.readUInt16BE(0);
    if (received.length < end) return;
    socket.destroy();
    listener.heard(received.subarray(LENGTH_OCTETS, end));
  });
  socket.on('error', (error) => {
    listener.lost(detailOf(error));
  });
  socket.on('end', () => {
    socket.destroy();
    listener.lost('CONNRESET');
  });
  return () => socket.destroy();
}
