// What a host announced in its reply to EHLO, as far as it matters for asking. Guarantees: a malformed line announces nothing, and a
// capability that is not listed is not assumed.
import type { SmtpReply } from '@/lib/verdict/evidence';

export interface Capabilities {
  pipelining: boolean;
  smtpUtf8: boolean;
  startTls: boolean;
  /** RFC 9422 LIMITS: recipients and distinct recipient domains per transaction, transactions per session. Null: not announced. */
  recipientsMax: number | null;
  recipientDomainsMax: number | null;
  transactionsMax: number | null;
}

/** After HELO, and before anything was announced. */
export const NO_CAPABILITIES: Capabilities = {
  pipelining: false,
  smtpUtf8: false,
  startTls: false,
  recipientsMax: null,
  recipientDomainsMax: null,
  transactionsMax: null,
};

/** RFC 9422 4: a limit is 1 to 6 digits, not zero. */
const limitOf = (params: string, name: string): number | null => {
  const found = new RegExp(`(?:^|\\s)${name}=([1-9]\\d{0,5})(?:\\s|$)`, 'i').exec(params);
  return found === null ? null : Number(found[1]);
};

export function parseCapabilities(ehlo: SmtpReply): Capabilities {
  const announced = new Map<string, string>();
  // The first line is the host's name, whatever it looks like.
  for (const line of ehlo.text.split('\n').slice(1)) {
    const [keyword = '', ...params] = line.trim().split(/\s+/);
    announced.set(keyword.toUpperCase(), params.join(' '));
  }
  const limits = announced.get('LIMITS') ?? '';
  return {
    pipelining: announced.has('PIPELINING'),
    smtpUtf8: announced.has('SMTPUTF8'),
    startTls: announced.has('STARTTLS'),
    recipientsMax: limitOf(limits, 'RCPTMAX'),
    recipientDomainsMax: limitOf(limits, 'RCPTDOMAINMAX'),
    transactionsMax: limitOf(limits, 'MAILMAX'),
  };
}
