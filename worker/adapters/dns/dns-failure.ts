// What a failed question means. Only NXDOMAIN and an empty NOERROR say something about the name; every other failure says
// something about a server or the way to it, and comes out as temporary. One case cannot be told apart: c-ares 1.34 reports
// RCODEs it does not know (YXDOMAIN, NOTAUTH …) as ENODATA; no recursive resolver is expected to send them.
import type { DnsAnswer } from '@/worker/engine/ports';

type Failure = Exclude<DnsAnswer<never>, { kind: 'found' }>;

/** Turns what node:dns threw into an answer. Codes are those of c-ares as node:dns names them. */
export function dnsFailure(thrown: unknown): Failure {
  const code = codeOf(thrown);
  switch (code) {
    case 'ENOTFOUND':
    // c-ares refuses to ask names that DNS cannot hold (empty label, label over 63 octets, space): nobody can own one.
    case 'EBADNAME':
      return { kind: 'no_domain' };
    case 'ENODATA':
      return { kind: 'no_data' };
    default:
      return { kind: 'temporary', detail: code.replace(/^E(?=[A-Z])/, '') };
  }
}

/** A server said that it cannot or will not answer; another one may. Silence has been tried elsewhere by c-ares already. */
export const isServerFailure = (answer: DnsAnswer<unknown>): boolean =>
  answer.kind === 'temporary' && ['SERVFAIL', 'REFUSED', 'NOTIMP', 'FORMERR'].includes(answer.detail);

function codeOf(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return 'EUNKNOWN';
}
