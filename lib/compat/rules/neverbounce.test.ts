import { expect, it } from 'vitest';
import { NO_FLAGS_KNOWN } from '@/lib/verdict/answer';
import { REASONS, statusOf } from '@/lib/verdict/verdict';
import { madeUpOutcome } from '@/tests/compat/made-up-outcome';
import { neverBounceFlags, neverBounceVerification, NEVERBOUNCE_CODES } from './neverbounce';

it('our undeliverable is their invalid, and our unknown their unknown, for every reason', () => {
  for (const reason of REASONS) {
    const { result } = NEVERBOUNCE_CODES[reason];
    if (statusOf(reason) === 'undeliverable') expect([reason, result]).toEqual([reason, 'invalid']);
    expect([reason, result === 'unknown']).toEqual([reason, statusOf(reason) === 'unknown']);
  }
});

it('flags are those of the reason and those of the address, each once', () => {
  const flags = { ...NO_FLAGS_KNOWN, catch_all: true, free: true, role: true, tagged: true, idn: false };
  expect(neverBounceFlags(madeUpOutcome('catch_all', { flags }))).toEqual([
    'has_dns',
    'has_dns_mx',
    'smtp_connectable',
    'accepts_all',
    'role_account',
    'free_email_host',
    'contains_alias',
  ]);
});

it('the parts of an address are included if asked for', () => {
  const outcome = madeUpOutcome('mailbox_exists', { email: 'ann+news@mail.example.org' });
  expect(neverBounceVerification(outcome, false)).not.toHaveProperty('address_info');
  expect(neverBounceVerification(outcome, true)).toMatchObject({
    result: 'valid',
    suggested_correction: '',
    address_info: { addr: 'ann', alias: 'news', fqdn: 'mail.example.org', domain: 'example', subdomain: 'mail', tld: 'org' },
  });
});
