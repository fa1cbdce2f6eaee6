// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { Evidence } from '@/lib/verdict/evidence';
import { VerdictHero } from './verdict-hero';

afterEach(cleanup);

const exchange = (more: Partial<Evidence>): Evidence => ({
  ...{
    at: '2026-11-29T12:00:00.000Z',
    layer: 'smtp',
    host: 'mx.example.org',
    address: '192.0.2.1',
    provider: null,
    identity: null,
  },
  ...{ stage: 'rcpt', code: null, enhanced: null, text: '', meaning: null, rule: null, duration_ms: 1, remembered: false },
  ...more,
});

const COURTESY = exchange({ stage: 'mail', code: 250, enhanced: '2.1.0', text: 'Sender Ok', meaning: 'accepted' });

const show = (reason: 'disconnected' | 'mailbox_not_found', evidence: readonly Evidence[]) =>
  render(
    <VerdictHero
      verdict={{
        ...{ email: 'jane@example.org', status: reason === 'disconnected' ? 'unknown' : 'undeliverable', reason },
        ...{ score: null, grade: null, recommendation: null, evidence },
      }}
      policy="newsletter"
      deciding="smtp"
    />,
  );

it('shows the first line of the server’s last words about the mailbox, and that there are more', () => {
  show('mailbox_not_found', [
    COURTESY,
    exchange({ code: 550, enhanced: '5.1.1', text: 'User unknown\nBye', meaning: 'mailbox_not_found' }),
  ]);
  expect(screen.getByText('550 5.1.1').parentElement?.textContent).toBe('550 5.1.1 User unknown …');
});

it('a server that hung up is not quoted with what it said before the question', () => {
  show('disconnected', [COURTESY, exchange({ text: 'the host closed the connection', meaning: 'disconnected' })]);
  expect(screen.queryByText(/Sender Ok/)).toBeNull();
  expect(screen.getByText('Unknown')).toBeTruthy();
});
