import { type Answer, decode, encode, RECURSION_AVAILABLE, TRUNCATED_RESPONSE } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeQuestion, idOf, readReply, type Question } from './message';

const QUESTION: Question = { name: 'a.test', type: 'MX' };
const RECORD: Answer = { type: 'MX', name: 'a.test', ttl: 60, data: { preference: 10, exchange: 'mx.a.test' } };
const NS: Answer = { type: 'NS', name: 'test', ttl: 60, data: 'ns.test' };

interface Changes {
  flags?: number;
  questions?: Question[];
  answers?: Answer[];
  authorities?: Answer[];
}
const reply = ({ flags = RECURSION_AVAILABLE, questions = [QUESTION], answers = [], authorities = [] }: Changes): Buffer =>
  encode({ type: 'response', id: 7, flags, questions, answers, authorities });
const read = (changes: Changes) => readReply(reply(changes), QUESTION);

describe('a question', () => {
  it('asks for recursion and says how much it can take over UDP, if the server understands that', () => {
    const asked = decode(encodeQuestion(QUESTION, { withEdns: true }));
    expect(asked).toMatchObject({ flag_rd: true, questions: [{ name: 'a.test', type: 'MX' }] });
    expect(asked.additionals?.[0]).toMatchObject({ type: 'OPT', udpPayloadSize: 1_232 });
    expect(decode(encodeQuestion(QUESTION, { withEdns: false })).additionals).toEqual([]);
  });
});

describe('a reply', () => {
  it('tells records, no records, no name and a truncated answer apart', () => {
    expect(read({ answers: [RECORD] })).toMatchObject({ kind: 'records', answers: [{ type: 'MX' }] });
    expect(read({})).toMatchObject({ kind: 'records', answers: [] });
    expect(read({ flags: RECURSION_AVAILABLE | 3 })).toEqual({ kind: 'no_domain' });
    expect(read({ flags: RECURSION_AVAILABLE | TRUNCATED_RESPONSE, answers: [RECORD] })).toEqual({ kind: 'truncated' });
  });

  it.each([
    [1, 'FORMERR'],
    [2, 'SERVFAIL'],
    [4, 'NOTIMP'],
    [5, 'REFUSED'],
    [9, 'RCODE9'],
  ])('with code %i is about the server', (rcode, detail) => {
    expect(read({ flags: rcode })).toEqual({ kind: 'failed', detail });
    expect(read({ flags: rcode, questions: [] })).toEqual({ kind: 'failed', detail });
  });

  it('that sends us elsewhere is a failure of a server that does not look things up', () => {
    expect(read({ flags: 0, authorities: [NS] })).toEqual({ kind: 'failed', detail: 'REFERRAL' });
    expect(read({ authorities: [NS] })).toMatchObject({ kind: 'records' });
    expect(read({ flags: 0 })).toMatchObject({ kind: 'records' });
  });

  it('to another question, or that is a question, is none', () => {
    expect(read({ questions: [{ name: 'b.test', type: 'MX' }], answers: [RECORD] })).toBeNull();
    expect(read({ questions: [{ name: 'a.test', type: 'A' }], answers: [RECORD] })).toBeNull();
    expect(read({ questions: [], answers: [RECORD] })).toBeNull();
    expect(readReply(encodeQuestion(QUESTION, { withEdns: true }), QUESTION)).toBeNull();
    expect(read({ questions: [{ name: 'A.Test', type: 'MX' }], answers: [RECORD] })).toMatchObject({ kind: 'records' });
  });

  it('of any bytes never throws', () => {
    const whole = reply({ answers: [RECORD] });
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
      fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, octet]) => Buffer.from(whole.with(at, octet))),
      fc.nat(whole.length).map((length) => whole.subarray(0, length)),
    );
    fc.assert(
      fc.property(hostile, (bytes) => {
        idOf(bytes);
        readReply(bytes, QUESTION);
      }),
    );
    expect(idOf(whole.subarray(0, 11))).toBeNull();
  });
});
