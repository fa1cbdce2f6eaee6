// For tests only: a DNS server on 127.0.0.1 whose answers a test scripts by name and type, over UDP and TCP. It records the questions it
// was asked. It checks nothing against a zone: the script's answer goes on the wire unchanged.
import type { Socket } from 'node:net';
import { decode, encode, RECURSION_AVAILABLE, TRUNCATED_RESPONSE, type Answer, type Question } from 'dns-packet';
import { listenOnOnePort } from './listening';

export interface ScriptedAnswer {
  rcode?: number;
  answers?: Answer[];
  /** Over UDP, answer with TC and no records, so that the client has to retry over TCP. */
  truncated?: boolean;
}

export type Transport = 'udp' | 'tcp';

/** `additionals`: how many additional records the query had (one if the client speaks EDNS). null: no answer. */
export type DnsScript = (
  question: Question,
  transport: Transport,
  additionals: number,
) => ScriptedAnswer | null | Promise<ScriptedAnswer | null>;

export interface ScriptedDnsServer {
  /** `host:port` */
  server: string;
  /** In order of arrival, e.g. `udp MX example.test`. */
  questions: string[];
  close(): void;
}

export async function startScriptedDnsServer(script: DnsScript): Promise<ScriptedDnsServer> {
  const questions: string[] = [];
  const respond = async (message: Buffer, transport: Transport): Promise<Buffer | null> => {
    const { id, questions: asked, additionals = [] } = decode(message);
    const question = asked?.[0];
    if (question === undefined) return null;
    questions.push(`${transport} ${question.type} ${question.name}`);
    const scripted = await script(question, transport, additionals.length);
    if (scripted === null) return null;
    const cut = scripted.truncated === true && transport === 'udp';
    const flags = RECURSION_AVAILABLE | (scripted.rcode ?? 0) | (cut ? TRUNCATED_RESPONSE : 0);
    return encode({ type: 'response', id: id ?? 0, flags, questions: [question], answers: cut ? [] : (scripted.answers ?? []) });
  };

  let isClosed = false;
  const { udp, tcp, port } = await listenOnOnePort('127.0.0.1');
  udp.on('message', (message, peer) => {
    void respond(message, 'udp').then((response) => {
      if (response !== null && !isClosed) udp.send(response, peer.port, peer.address);
    });
  });
  tcp.on('connection', (socket) => serveOneTcpQuestion(socket, (message) => respond(message, 'tcp')));

  const close = (): void => {
    isClosed = true;
    udp.close();
    tcp.close();
  };
  return { server: `127.0.0.1:${port}`, questions, close };
}

function serveOneTcpQuestion(socket: Socket, respond: (message: Buffer) => Promise<Buffer | null>): void {
  let received = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
    void respond(received.subarray(2)).then((response) => {
      if (response === null) return;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(response.length);
      socket.end(Buffer.concat([length, response]));
    });
  });
}
