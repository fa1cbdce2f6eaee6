import { expect, test } from 'vitest';
import { createLists } from './adapters/lists/create-lists';
import type { DnsAnswer, MxRecord } from './engine/ports';
import { judgeMailbox } from './compose';

const lists = createLists();
const found = (...exchanges: string[]): DnsAnswer<MxRecord> => ({
  kind: 'found',
  records: exchanges.map((exchange) => ({ exchange, preference: 10 })),
});
const judge = (
  domain: string,
  answer: () => DnsAnswer<MxRecord> | Promise<DnsAnswer<MxRecord>> = () => found('mx.example.net'),
) => judgeMailbox(domain, { lists, clock: { now: Date.now }, dns: { mx: answer } });

test.each(['gmail.com', 'example.org', 'a-company.example'])('%s gives out mailboxes that last', async (domain) => {
  expect(await judge(domain)).toBe('mailbox');
});

test.each(['mailinator.com', 'yopmail.com', 'sub.mailinator.com'])('%s gives out temporary ones', async (domain) => {
  expect(await judge(domain)).toBe('temporary');
});

test.each(['simplelogin.com', 'someone.33mail.com', 'mozmail.com'])('%s gives out aliases', async (domain) => {
  expect(await judge(domain)).toBe('alias');
});

test('a domain nobody listed is known by the mail hosts of a disposable service', async () => {
  expect(await judge('fresh-domain.example', () => found('mail.mailinator.com'))).toBe('temporary');
});

test('a resolver that fails or says nothing leaves it to the lists', async () => {
  expect(await judge('a-company.example', () => Promise.reject(new Error('down')))).toBe('mailbox');
  expect(await judge('mailinator.com', () => Promise.reject(new Error('down')))).toBe('temporary');
});
