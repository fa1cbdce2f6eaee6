import { expect, test } from 'vitest';
import { parseAddress } from '@/lib/verdict/address';
import { FREE_CREDITS_STATES, freeCreditMailbox, freeCreditsSentence } from './free';

function mailboxOf(email: string): string {
  const parsed = parseAddress(email);
  if (!parsed.ok) throw new Error(parsed.message);
  return freeCreditMailbox(parsed.address);
}

test.each([
  ['some.one@gmail.com', 'S.OMEONE+news@GoogleMail.com'],
  ['some.one@outlook.com', 'Some.One+2@outlook.com'],
  ['someone@yahoo.com', 'someone-shop@yahoo.com'],
  ['someone@yahoo.com', 'someone+shop@yahoo.com'],
  ['someone@icloud.com', 'someone+1@me.com'],
  ['someone@proton.me', 'some.one+x@protonmail.com'],
  ['someone@fastmail.com', 'shop@someone.fastmail.com'],
  ['someone@fastmail.com', 'someone+a@fastmail.fm'],
  ['someone@yandex.ru', 'someone+a@ya.ru'],
  ['jane@her-own.example', 'Jane+free2@HER-OWN.example'],
])('%s and %s are one mailbox', (first, second) => {
  expect(mailboxOf(second)).toBe(mailboxOf(first));
});

test.each([
  ['some.one@outlook.com', 'someone@outlook.com'],
  ['jane@her-own.example', 'jane@other.example'],
  ['j.ane@her-own.example', 'jane@her-own.example'],
  ['+jane@her-own.example', '+john@her-own.example'],
  ['"a b+1"@her-own.example', '"a b+2"@her-own.example'],
])('%s and %s are two', (first, second) => {
  expect(mailboxOf(second)).not.toBe(mailboxOf(first));
});

test('every state but "given" explains itself', () => {
  for (const state of FREE_CREDITS_STATES) expect(freeCreditsSentence(state) === null).toBe(state === 'given');
});
