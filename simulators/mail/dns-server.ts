// An authoritative DNS server on loopback, UDP and TCP on one port. Guarantees: hostile bytes are dropped or get FORMERR and never throw;
// an answer too long for UDP is sent with TC set (RFC 1035 section 4.2.1); close ends everything at once. Refuses recursion and everything
// but plain IN queries.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import {
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
  type DecodedPacket,
  type Question,
} from 'dns-packet';
import { listenOnOnePort } from './listening';
import { RCODE, type Zone, type ZoneAnswer } from './zone';

export interface DnsServer {
  /** `host:port` */
  server: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const UDP_MAX_OCTETS = 512;
const TCP_MESSAGE_MAX_OCTETS = 4_096;
const TCP_CONNECTIONS_MAX = 64;
const TCP_IDLE_MS = 10_000;
/** RFC 1035 4.1.1: QR, in the header's third octet. */
const RESPONSE_BIT = 0x80;
/** dns-packet decodes other octets with losses and could not encode the question again. */
const NAME_ASKED = /^[\x20-\x7e]*$/;

export async function startDnsServer(zone: Zone): Promise<DnsServer> {
  const open = new Set<Socket>();
  const { udp, tcp, port } = await listenOnOnePort(HOST);
  udp.on('error', () => undefined);
  udp.on('message', (message, peer) => {
    const response = respond(message, zone, UDP_MAX_OCTETS);
    if (response !== null) udp.send(response, peer.port, peer.address, () => undefined);
  });
  tcp.maxConnections = TCP_CONNECTIONS_MAX;
  tcp.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    serveTcp(socket, zone);
  });
  const close = async (): Promise<void> => {
    const closed = Promise.all([once(udp, 'close'), once(tcp, 'close')]);
    udp.close();
    tcp.close();
    for (const socket of open) socket.destroy();
    await closed;
  };
  return { server: `${HOST}:${port}`, close };
}

function serveTcp(socket: Socket, zone: Zone): void {
  let received = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.setTimeout(TCP_IDLE_MS, () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2) {
      const length = received.readUInt16BE(0);
      if (length > TCP_MESSAGE_MAX_OCTETS) return void socket.destroy();
      if (received.length < 2 + length) return;
      const response = respond(received.subarray(2, 2 + length), zone, 0xffff);
      received = received.subarray(2 + length);
      if (response === null) return void socket.destroy();
      const prefix = Buffer.alloc(2);
      prefix.writeUInt16BE(response.length);
      socket.write(Buffer.concat([prefix, response]));
    }
  });
}

/** Null if there is no answer, as to a response or to fewer bytes than a header. */
function respond(message: Buffer, zone: Zone, maxOctets: number): Buffer | null {
  if (message.length < 12 || (message.readUInt8(2) & RESPONSE_BIT) !== 0) return null;
  const id = message.readUInt16BE(0);
  const query = decoded(message);
  const [question] = query?.questions ?? [];
  if (query === null || question === undefined || !NAME_ASKED.test(question.name)) return packet({ id, flags: RCODE.formErr });
  const flags = AUTHORITATIVE_ANSWER | ((query.flags ?? 0) & RECURSION_DESIRED);
  const answer = isPlainQuery(query, question) ? zone(question) : { rcode: RCODE.notImp, answers: [], authorities: [] };
  const whole = packet({ id, flags: flags | answer.rcode, question, answer });
  return whole.length <= maxOctets ? whole : packet({ id, flags: flags | answer.rcode | TRUNCATED_RESPONSE, question });
}

function decoded(message: Buffer): DecodedPacket | null {
  try {
    return decode(message);
  } catch {
    return null;
  }
}

const isPlainQuery = (query: DecodedPacket, question: Question): boolean =>
  query.questions?.length === 1 && (question.class ?? 'IN') === 'IN' && ((query.flags ?? 0) & 0x7800) === 0;

function packet({
  id,
  flags,
  question,
  answer,
}: {
  id: number;
  flags: number;
  question?: Question;
  answer?: ZoneAnswer;
}): Buffer {
  return encode({
    type: 'response',
    id,
    flags,
    questions: question === undefined ? [] : [question],
    answers: answer?.answers ?? [],
    authorities: answer?.authorities ?? [],
  });
}
