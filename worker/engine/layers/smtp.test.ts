import { describe, expect, it } from 'vitest';
import { REPLY_MEANINGS, TRANSPORT_FAILURES } from '@/lib/verdict/evidence';
import {
  NOW,
  failureOf,
  fakePorts,
  mailHost,
  mailboxAnswer,
  providerOf,
  rcptEvidence,
  replyOf,
  subjectOf,
  syntaxFound,
} from '@/tests/engine/fake-ports';
import { makeFinding } from '../findings';
import type { MailboxOutcome, MailboxQuestion } from '../ports';
import { smtpLayer } from './smtp';

const provider = providerOf({ id: 'by-mx' });
const soFar = {
  ...syntaxFound(),
  mx: makeFinding('mx', {
    status: 'passed',
    summary: '',
    facts: { hosts: [mailHost('mx.example.com')], implicit: false, provider },
  }),
};
const look = async (mailbox: MailboxOutcome) => smtpLayer(subjectOf('x'), soFar, fakePorts({ answer: { mailbox } }));

describe('the smtp layer', () => {
  it.each([
    ['accepted', 'passed'],
    ['mailbox_not_found', 'failed'],
    ['mailbox_disabled', 'failed'],
    ['mailbox_full', 'warning'],
    ['greylisted', 'unknown'],
    ['rate_limited', 'unknown'],
    ['sender_blocked', 'unknown'],
    ['sender_rejected', 'unknown'],
    ['relay_denied', 'unknown'],
    ['domain_not_hosted', 'failed'],
    ['temporary_failure', 'unknown'],
    ['policy_other', 'unknown'],
    ['ambiguous', 'unknown'],
  ] as const)('%s is %s', async (meaning, status) => {
    expect((await look(replyOf(meaning))).report.status).toBe(status);
  });

  it('has a separate sentence for every outcome, with the code if there is one', async () => {
    const replies = await Promise.all(REPLY_MEANINGS.map(async (meaning) => (await look(replyOf(meaning))).report.summary));
    const failures = await Promise.all(
      TRANSPORT_FAILURES.map(async (failure) => (await look(failureOf(failure))).report.summary),
    );
    for (const summary of replies) expect(summary).toMatch(/^[A-Z].*\(\d{3}\)\.$/);
    expect(new Set([...replies, ...failures]).size).toBe(REPLY_MEANINGS.length + TRANSPORT_FAILURES.length);
  });

  it('keeps every exchange as evidence and never ends the check', async () => {
    const finding = await look(replyOf('mailbox_not_found'));
    expect(finding.evidence).toEqual([rcptEvidence]);
    expect(finding.endsWith).toBeNull();
  });

  it('asks with the wire form, the hosts, the provider, the deadline and the triplet', async () => {
    const asked: MailboxQuestion[] = [];
    const triplet = { identityHelo: 'mx1.example.org', identityAddress: null, mailFrom: '', host: 'mx.example.com' };
    const smtp = {
      ask: (question: MailboxQuestion) => {
        asked.push(question);
        return Promise.resolve(mailboxAnswer({ provider: providerOf({ id: 'by-greeting' }) }));
      },
    };
    const finding = await smtpLayer(subjectOf('x', { triplet }), soFar, fakePorts({ smtp }));
    expect(asked).toEqual([
      {
        localPart: 'mary',
        domain: 'example.com',
        needsSmtpUtf8: false,
        hosts: [mailHost('mx.example.com')],
        provider,
        deadline: NOW + 10_000,
        triplet,
        isSingle: false,
      },
    ]);
    expect(finding.facts.provider?.id).toBe('by-greeting');
  });

  it('is a timeout if the port lets the deadline pass', async () => {
    const ports = fakePorts({ smtp: { ask: () => new Promise(() => undefined) } });
    const finding = await smtpLayer(subjectOf('x', { deadline: NOW - 1_000 }), soFar, ports);
    expect(finding.facts.mailbox).toMatchObject({ kind: 'failure', failure: 'timeout' });
  });
});
