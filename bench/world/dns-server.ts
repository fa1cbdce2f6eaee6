// DNS for benchmarks: every domain of `names.ts` has one mail host with one address; nothing else exists. UDP on loopback only.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { AUTHORITATIVE_ANSWER, decode, encode, type Answer, type Question } from 'dns-packet';
import { addressOf } from './names';

const TTL_S = 300;
const NXDOMAIN = 3;

export interface DnsTally {
  questions: number;
}

export async function startDnsServer(): Promise<{ server: string; tally: DnsTally; close: () => void }> {
  const tally = { questions: 0 };
  const udp = createSocket({ type: 'udp4', recvBufferSize: 4 * 1_024 * 1_024 });
  udp.on('message', (message, peer) => {
    const { id, questions } = decode(message);
    const question = questions?.[0];
    if (question === undefined) return;
    tally.questions += 1;
    const { rcode, answers } = answerTo(question);
    const flags = AUTHORITATIVE_ANSWER | rcode;
    udp.send(encode({ type: 'response', id: id ?? 0, flags, questions: [question], answers }), peer.port, peer.address);
  });
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');
  return { server: `127.0.0.1:${String(udp.address().port)}`, tally, close: () => udp.close() };
}

export function answerTo({ name, type }: Question): { rcode: number; answers: Answer[] } {
  const asked = name.toLowerCase();
  const address = addressOf(asked);
  if (address === null) return { rcode: NXDOMAIN, answers: [] };
  if (type === 'A') return { rcode: 0, answers: [{ type, name, ttl: TTL_S, data: address }] };
  const hasMx = type === 'MX' && !asked.startsWith('mx.');
  return { rcode: 0, answers: hasMx ? [{ type, name, ttl: TTL_S, data: { preference: 10, exchange: `mx.${asked}` } }] : [] };
}
