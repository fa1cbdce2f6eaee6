// For tests only: sends one DNS question over UDP or TCP, byte for byte. Returns the decoded response, or null if the server closed without
// an answer (TCP).
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { decode, encode, RECURSION_DESIRED, type DecodedPacket, type RecordType } from 'dns-packet';

export const query = (name: string, type: RecordType): Buffer =>
  encode({ type: 'query', id: 4_711, flags: RECURSION_DESIRED, questions: [{ name, type }] });

export async function askUdp(server: string, message: Buffer): Promise<DecodedPacket> {
  const socket = createSocket('udp4');
  const response = new Promise<Buffer>((resolve) => socket.once('message', resolve));
  socket.send(message, portOf(server), '127.0.0.1');
  return decode(await response.finally(() => socket.close()));
}

export async function askTcp(server: string, messages: readonly Buffer[]): Promise<DecodedPacket[]> {
  const socket = connect(portOf(server), '127.0.0.1');
  socket.write(Buffer.concat(messages.flatMap((message) => [lengthPrefix(message), message])));
  const responses: DecodedPacket[] = [];
  let received = Buffer.alloc(0);
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0);
      responses.push(decode(received.subarray(2, end)));
      received = received.subarray(end);
    }
    if (responses.length === messages.length) break;
  }
  return responses;
}

function lengthPrefix(message: Buffer): Buffer {
  const prefix = Buffer.alloc(2);
  prefix.writeUInt16BE(message.length);
  return prefix;
}

const portOf = (server: string): number => Number(server.split(':')[1]);
