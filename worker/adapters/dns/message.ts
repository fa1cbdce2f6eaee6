// DNS questions and replies as bytes, with the codec of `dns-packet`. Guarantees: a reply counts only for the question that it repeats, and
// bytes that are no reply give null, never an exception. Tells for each reply whether it is about the name or the server: only NOERROR and
// NXDOMAIN are about the name (RFC 2308), and a referral is the answer of a server that does not look things up for us.
import { type Answer, type DecodedPacket, decode, encode, type OptAnswer, RECURSION_DESIRED } from 'dns-packet';
import { DNS_UDP_MAX_OCTETS } from '@/lib/platform/limits';

export type QuestionType = 'MX' | 'A' | 'AAAA';

export interface Question {
  /** Lower case, without a trailing dot. */
  name: string;
  type: QuestionType;
}

/** What a server knows about the name. */
export type Knowledge = { kind: 'records'; answers: readonly Answer[] } | { kind: 'no_domain' };
/** A server did not do its work, which says nothing about the name. `detail` is one word such as SERVFAIL. */
export interface ServerFailure {
  kind: 'failed';
  detail: string;
}
/** `truncated`: the whole reply can be fetched over TCP. */
export type Reply = Knowledge | ServerFailure | { kind: 'truncated' };

const HEADER_OCTETS = 12;
const NOERROR = 0;
const NXDOMAIN = 3;
const RCODE_MASK = 0x0f;
/** RFC 1035 4.1.1, RFC 6895 2.3 */
const RCODES: Readonly<Record<number, string>> = { 1: 'FORMERR', 2: 'SERVFAIL', 4: 'NOTIMP', 5: 'REFUSED' };
const EDNS: OptAnswer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: DNS_UDP_MAX_OCTETS,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};

/** The first two octets are the id, which the sender fills in. */
export function encodeQuestion({ name, type }: Question, { withEdns }: { withEdns: boolean }): Buffer {
  const additionals = withEdns ? [EDNS] : [];
  return encode({ type: 'query', id: 0, flags: RECURSION_DESIRED, questions: [{ name, type }], additionals });
}

export const idOf = (message: Buffer): number | null => (message.length < HEADER_OCTETS ? null : message.readUInt16BE(0));

/** Null: not a reply to this question. */
export function readReply(message: Buffer, question: Question): Reply | null {
  const packet = decoded(message);
  if (packet?.flag_qr !== true) return null;
  const rcode = (packet.flags ?? 0) & RCODE_MASK;
  if (!repeats(packet, question, rcode)) return null;
  if (rcode !== NOERROR && rcode !== NXDOMAIN) return { kind: 'failed', detail: RCODES[rcode] ?? `RCODE${String(rcode)}` };
  if (packet.flag_tc) return { kind: 'truncated' };
  if (rcode === NXDOMAIN) return { kind: 'no_domain' };
  const { answers = [] } = packet;
  return isReferral(packet) ? { kind: 'failed', detail: 'REFERRAL' } : { kind: 'records', answers };
}

function decoded(message: Buffer): DecodedPacket | null {
  try {
    return decode(message);
  } catch {
    return null;
  }
}

/** A server that could not read the question may omit it. */
function repeats({ questions = [] }: DecodedPacket, { name, type }: Question, rcode: number): boolean {
  const [repeated] = questions;
  if (repeated === undefined) return rcode !== NOERROR && rcode !== NXDOMAIN;
  return repeated.type === type && repeated.name.toLowerCase() === name;
}

function isReferral({ answers = [], authorities = [], flag_aa, flag_ra }: DecodedPacket): boolean {
  return !flag_aa && !flag_ra && answers.length === 0 && authorities.some(({ type }) => type === 'NS');
}
