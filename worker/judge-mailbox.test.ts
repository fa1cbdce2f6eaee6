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

test.each(['gmail.com', 'example.org', 'a-company.example'])('%s offers ordinary mailboxes', async (domain) => {
  expect(await judge(domain)).toBe('mailbox');
});

test.each(['mailinator.com', 'yopmail.com', 'sub.mailinator.com'])('%s offers temporary mailboxes', async (domain) => {
  expect(await judge(domain)).toBe('temporary');
});

test.each(['simplelogin.com', 'someone.33mail.com', 'mozmail.com'])('%s offers aliases', async (domain) => {
  expect(await judge(domain)).toBe('alias');
});

test('a domain on no list is recognized by the mail hosts of a disposable service', async () => {
  expect(await judge('fresh-domain.example', () => found('mail.mailinator.com'))).toBe('temporary');
});

test('if a resolver fails or says nothing, the lists decide', async () => {
  expect(await judge('a-company.example', () => Promise.reject(new Error('down')))).toBe('mailbox');
  expect(await judge('mailinator.com', () => Promise.reject(new Error('down')))).toBe('temporary');
});
