// The services' own Node clients, unmodified, each pointed at us in the way it allows: every method that has a call here. Two can't be
// redirected entirely: ZeroBounce's sends bulk calls to a fixed host, so `fetch` maps that name to us; NeverBounce's speaks only HTTPS, and
// is told not to verify the certificate.
import { createRequire } from 'node:module';
import NeverBounce from 'neverbounce';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { getBalance } from '@/lib/credits/balance';
import type { Scope } from '@/lib/platform/scope';
import { makeKey } from '@/tests/api/call';
import { useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { useCompatServers } from './serve-routes';

useTestDatabase();
useWorker();
const origins = useCompatServers();
const require = createRequire(import.meta.url);
const has = (value: unknown, name: string): boolean =>
  (typeof value === 'object' || typeof value === 'function') && value !== null && name in value;

let scope: Scope;
let key = '';
beforeEach(async () => {
  scope = await makeWorkspace(100, 'business');
  key = await makeKey(scope);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

const available = async (): Promise<number> => (await getBalance(scope)).available;

describe('kickbox', () => {
  type Answered = (error: unknown, response?: { body: unknown }) => void;
  interface Kickbox {
    client: (
      key: string,
      options: object,
    ) => { kickbox: () => { verify: (email: string, options: object, done: Answered) => void } };
  }
  const isKickbox = z.custom<Kickbox>((value) => has(value, 'client'));

  function verify(email: string, asWhom = key): Promise<unknown> {
    const options = { base: origins.http(), api_version: 'compat/kickbox/v2' };
    const client = isKickbox.parse(require('kickbox')).client(asWhom, options).kickbox();
    return new Promise((resolve, reject) => {
      client.verify(email, {}, (error, response) =>
        response === undefined
          ? reject(error instanceof Error ? error : new Error('no answer', { cause: error }))
          : resolve(response.body),
      );
    });
  }

  it('verify', async () => {
    expect(await verify('ann@example.org')).toMatchObject({ result: 'deliverable', reason: 'accepted_email', success: true });
    expect(await verify('mailbox-not-found@example.org')).toMatchObject({ result: 'undeliverable', reason: 'rejected_email' });
    expect(await available()).toBe(98);
  });

  it('verify with a wrong key is an error with its code and message', async () => {
    await expect(verify('ann@example.org', 'wrong')).rejects.toMatchObject({
      code: 403,
      message: expect.stringMatching(/key/i) as string,
    });
  });
});

describe('@zerobounce/zero-bounce-sdk', () => {
  interface ZeroBounce {
    init: (key: string, base: string) => void;
    validateEmail: (email: string, options?: object) => Promise<unknown>;
    validateBatch: (emails: readonly object[]) => Promise<unknown>;
    getCredits: () => Promise<unknown>;
    getApiUsage: (from: string, to: string) => Promise<unknown>;
    sendFile: (asked: object) => Promise<unknown>;
    getFileStatus: (id: string) => Promise<unknown>;
    getFile: (id: string) => Promise<unknown>;
    deleteFile: (id: string) => Promise<unknown>;
  }
  const isModule = z.custom<new () => ZeroBounce>((value) => typeof value === 'function');
  const BULK = 'https://bulkapi.zerobounce.net/v2';

  function makeClient(asWhom = key): ZeroBounce {
    const base = `${origins.http()}/compat/zerobounce/v2`;
    const { fetch } = globalThis;
    const redirect = (url: string, init: RequestInit) => fetch(url.startsWith(BULK) ? base + url.slice(BULK.length) : url, init);
    vi.stubGlobal('fetch', redirect);
    const client = new (isModule.parse(require('@zerobounce/zero-bounce-sdk')))();
    client.init(asWhom, base);
    return client;
  }

  it('validateEmail, validateBatch, getCredits and getApiUsage', async () => {
    const client = makeClient();
    expect(await client.validateEmail('ann@example.org', { timeout: 10 })).toMatchObject({ status: 'valid', sub_status: '' });
    const emails = [{ email_address: 'mailbox-not-found@example.org' }, { email_address: '' }];
    expect(await client.validateBatch(emails)).toMatchObject({
      email_batch: [{ address: 'mailbox-not-found@example.org', status: 'invalid', sub_status: 'mailbox_not_found' }],
      errors: [{ email_address: '' }],
    });
    expect(await client.getCredits()).toEqual({ Credits: '98' });
    const today = new Date().toISOString().slice(0, 10);
    expect(await client.getApiUsage(today, today)).toMatchObject({ total: 2, status_valid: 1, sub_status_mailbox_not_found: 1 });
    expect(await makeClient('wrong').getCredits()).toEqual({ Credits: '-1' });
  });

  it('sendFile, getFileStatus, getFile and deleteFile', async () => {
    const client = makeClient();
    const file = new File(['name,email\nAnn,ann@example.org\nBen,mailbox-not-found@example.org\n'], 'people.csv', {
      type: 'text/csv',
    });
    const sent = await client.sendFile({ file, email_address_column: 2, has_header_row: true, remove_duplicate: true });
    const { file_id: id } = z.object({ success: z.literal(true), file_id: z.string() }).parse(sent);
    await expect
      .poll(() => client.getFileStatus(id))
      .toMatchObject({ success: true, complete_percentage: '100%', file_status: 'Complete' });
    // The client hands the file to a browser, one way or another.
    const saved: Blob[] = [];
    vi.stubGlobal('window', { navigator: { msSaveOrOpenBlob: (blob: Blob) => saved.push(blob) } });
    await client.getFile(id);
    expect((await saved[0]?.text())?.split('\r\n')[1]).toBe(
      'Ann,ann@example.org,valid,,ann,example.org,,,,False,true,mx.example.com,example,',
    );
    expect(await client.deleteFile(id)).toMatchObject({ success: true, file_id: id });
    expect(await client.getFileStatus(id)).toMatchObject({ file_status: 'Deleted' });
  });
});

describe('emailable', () => {
  interface Emailable {
    verify: (email: string, options?: object) => Promise<unknown>;
    account: () => Promise<unknown>;
    batches: { verify: (emails: string[]) => Promise<unknown>; status: (id: string) => Promise<unknown> };
    client: { instance: { defaults: { baseURL: string } } };
  }
  const isMaker = z.custom<(key: string) => Emailable>((value) => typeof value === 'function');

  function makeClient(asWhom = key): Emailable {
    const client = isMaker.parse(require('emailable'))(asWhom);
    client.client.instance.defaults.baseURL = `${origins.http()}/compat/emailable/v1/`;
    return client;
  }

  it('verify, account, and a batch from its addresses to its answers', async () => {
    const client = makeClient();
    expect(await client.verify('ann@example.org', { timeout: 10 })).toMatchObject({
      state: 'deliverable',
      reason: 'accepted_email',
    });
    expect(await client.account()).toMatchObject({ available_credits: 99 });
    const made = await client.batches.verify(['ben@example.org', 'mailbox-not-found@example.org']);
    const { id } = z.object({ id: z.string() }).parse(made);
    await expect
      .poll(() => client.batches.status(id))
      .toMatchObject({
        total_counts: { deliverable: 1, undeliverable: 1, processed: 2, total: 2 },
        emails: [{ email: 'ben@example.org' }, { email: 'mailbox-not-found@example.org' }],
      });
  });

  it('a wrong key is an error with its code and message', async () => {
    await expect(makeClient('wrong').account()).rejects.toMatchObject({ code: 401, message: expect.any(String) as string });
  });
});

describe('neverbounce', () => {
  function makeClient(apiKey = key): NeverBounce {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const { hostname: host, port } = new URL(origins.https());
    const client = new NeverBounce({ apiKey, apiVersion: 'compat/neverbounce/v4.2' });
    client.updateConfig({ opts: { ...client.getConfig().opts, host, port: Number(port) } });
    return client;
  }

  it('single.check and account.info', async () => {
    const client = makeClient();
    const checked = await client.single.check('ann+news@mail.example.org', true, true, 10);
    expect(checked.is('valid')).toBe(true);
    expect(['has_dns_mx', 'contains_subdomain'].filter((flag) => checked.hasFlag(flag))).toHaveLength(2);
    expect(checked).toMatchObject({
      response: {
        address_info: { host: 'mail.example.org', domain: 'example', subdomain: 'mail', tld: 'org', alias: 'news' },
        credits_info: { paid_credits_used: 1, paid_credits_remaining: 99 },
      },
    });
    expect(await client.account.info()).toMatchObject({ status: 'success', credits_info: { paid_credits_remaining: 99 } });
    await expect(makeClient('wrong').account.info()).rejects.toMatchObject({ type: 'AuthError' });
  });

  it('jobs, from create to delete', async () => {
    const { jobs } = makeClient();
    const input = [
      { email: 'ann@example.org', name: 'Ann' },
      { email: 'mailbox-not-found@example.org', name: 'Ben' },
    ];
    const { job_id: id } = z.object({ job_id: z.int32() }).parse(await jobs.create(input, 'supplied', 'people.csv'));
    expect(await jobs.parse(id)).toMatchObject({ status: 'success', queue_id: expect.any(String) as string });
    expect(await jobs.start(id)).toMatchObject({ status: 'success', queue_id: expect.any(String) as string });
    await expect.poll(() => jobs.status(id)).toMatchObject({ job_status: 'complete', total: { valid: 1, invalid: 1 } });
    expect(await jobs.search({ job_id: id, per_page: 5 })).toMatchObject({
      total_results: 1,
      query: { items_per_page: 5 },
      results: [{ id, filename: 'people.csv' }],
    });
    expect(await jobs.results(id, { page: 1, per_page: 10 })).toMatchObject({
      total_pages: 1,
      results: [
        { data: input[0], verification: { result: 'valid' } },
        { data: input[1], verification: { result: 'invalid' } },
      ],
    });
    expect(await jobs.download(id)).toBe(
      'email,name,email_status\r\nann@example.org,Ann,valid\r\nmailbox-not-found@example.org,Ben,invalid\r\n',
    );
    expect(await jobs.delete(id)).toMatchObject({ status: 'success' });
    await expect(jobs.download(id)).rejects.toMatchObject({ type: 'GeneralError' });
  });
});
