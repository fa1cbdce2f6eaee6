import { BULK_BUDGET_MS } from '@/lib/platform/limits';
import { SANDBOX_CATALOGUE, sandboxDomain, type SandboxBehavior } from '@/lib/verdict/sandbox-catalog';
import type { Reason } from '@/lib/verdict/verdict';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dialSmtp, type RawSmtpClient } from './raw-smtp-client';
import { addressesOf, connectTo as connect, greet } from './sandbox-client';
import { startSandbox, type Sandbox, type SandboxOptions } from './start-sandbox';

let now = 1_000_000;
let sandbox: Sandbox;
const clients: RawSmtpClient[] = [];

const start = (options: SandboxOptions = {}): Promise<Sandbox> =>
  startSandbox({ now: () => now, tarpitByteEveryMs: 5, ...options });
beforeAll(async () => {
  sandbox = await start();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.destroy();
});
afterAll(() => sandbox.close());

const connectTo = async (behavior: SandboxBehavior, of: Sandbox = sandbox): Promise<RawSmtpClient> => {
  const client = await connect(behavior, of);
  clients.push(client);
  return client;
};

/** Asks like an ordinary sender. Returns the reply to RCPT, or whatever ended the dialogue before it. */
async function ask(email: string, sender = 'check@probe.example'): Promise<string> {
  const behavior = SANDBOX_CATALOGUE.find(({ domain }) => email.endsWith(`@${domain}`))?.behavior ?? 'nothing-here';
  let client = await connectTo(behavior);
  const greeting = await client.reply();
  if (!greeting.startsWith('220')) return greeting;
  const ehlo = await client.ask('EHLO probe.example');
  if (!ehlo.startsWith('250')) await client.ask('HELO probe.example');
  if (ehlo.includes('STARTTLS')) {
    await client.ask('STARTTLS');
    client = (await client.startTls()).client;
    await client.ask('EHLO probe.example');
  }
  const mail = await client.ask(`MAIL FROM:<${sender}>${ehlo.includes('SMTPUTF8') ? ' SMTPUTF8' : ''}`);
  return mail.startsWith('250') ? client.ask(`RCPT TO:<${email}>`) : mail;
}

/** The reply that each reason of the catalog shows on the wire; reasons missing here have their own tests. */
const ON_THE_WIRE: Partial<Record<Reason, RegExp>> = {
  mailbox_exists: /^250[ -]/,
  catch_all: /^250[ -]/,
  provider_unverifiable: /^250 recipient <\S+> ok$/,
  mailbox_not_found: /^550[ -](?:5\.1\.1 |5\.1\.10 |No Such User|sorry, no mailbox|Invalid recipient)/,
  mailbox_disabled: /^550 5\.2\.1 .*disabled/,
  mailbox_full: /^(?:452 4\.2\.2|552 5\.2\.2) .*full/,
  probe_blocked: /^550 5\.7\.1 .*blocked using Spamhaus/,
  rate_limited: /^(?:450 4\.7\.1|421 4\.7\.0) .*too many/,
  temporary_failure: /^451 4\.3\.0 .*Temporary/,
  ambiguous_reply: /^554 Transaction failed$/,
  disconnected: /^closed$/,
};

describe('every behavior of the catalog that can be heard in one reply', () => {
  const tries = SANDBOX_CATALOGUE.filter(({ behavior }) => behavior !== 'greylist').flatMap((entry) => entry.tries);
  const cases = tries.flatMap(({ email, expected }) => {
    const words = ON_THE_WIRE[expected.reason];
    return words === undefined ? [] : [{ email, reason: expected.reason, words }];
  });

  it('covers most of the catalog', () => {
    expect(cases.length).toBeGreaterThan(50);
    expect(new Set(cases.map(({ reason }) => reason)).size).toBe(Object.keys(ON_THE_WIRE).length);
  });

  it.each(cases)('$email: $reason', async ({ email, words }) => {
    expect(await ask(email)).toMatch(words);
  });
});

describe('greylist', () => {
  it('defers a new triplet, and answers it truthfully once the delay is over', async () => {
    const [alice, nobody] = ['alice@greylist.sandbox.test', 'nobody@greylist.sandbox.test'];
    const putOff = /^451 4\.7\.1 <alice@\S+>: Recipient address rejected: Greylisted, please try again in 5 seconds$/;
    expect(await ask(alice)).toMatch(putOff);
    expect(await ask(nobody)).toMatch(/^451 4\.7\.1 /);
    now += 4_999;
    expect(await ask(alice)).toMatch(/in 1 seconds$/);
    now += 1;
    expect(await ask(alice, 'other@probe.example')).toMatch(putOff);
    expect(await ask(alice)).toMatch(/^250 /);
    expect(await ask(nobody)).toMatch(/^550 5\.1\.1 /);
  });

  it('uses the caller’s delay', async () => {
    const quick = await start({ greylistDelayMs: 0 });
    const client = await connectTo('greylist', quick);
    await greet(client);
    await client.ask('MAIL FROM:<>');
    expect(await client.ask('RCPT TO:<alice@greylist.sandbox.test>')).toMatch(/^250 /);
    await quick.close();
  });
});

describe('uncooperative hosts', () => {
  it('mute says nothing, whatever it is told', async () => {
    const client = await connectTo('mute');
    client.send('EHLO probe.example\r\nQUIT\r\n');
    // The host has read the commands by the time it answers a later client.
    await greet(await connectTo('deliverable'));
    expect(client.unread()).toBe('');
    expect(client.socket.readyState).toBe('open');
  });

  it('tarpit sends a seemingly endless greeting byte by byte', async () => {
    const client = await connectTo('tarpit');
    await client.heard();
    expect(client.unread().length).toBeLessThan(5);
    while (client.unread().length < 40) await client.heard();
    expect(client.unread()).toMatch(/^220-mx\.tarpit\.sandbox\.test ESMTP Exim/);
  });

  it('tarpit at its real pace outlasts the longest budget of an address', async () => {
    const client = await connectTo('tarpit');
    expect((await client.reply()).length * 1_000).toBeGreaterThan(BULK_BUDGET_MS);
  });

  it('garbage speaks another protocol and hangs up', async () => {
    const client = await connectTo('garbage');
    await client.heard();
    expect(client.unread()).toMatch(/^SSH-2\.0-/);
    client.send('EHLO probe.example\r\n');
    expect(await client.reply()).toBe('closed');
  });

  it('drops answers up to RCPT and then hangs up, also when the commands come in one packet', async () => {
    const client = await connectTo('drops');
    await greet(client);
    client.send('MAIL FROM:<>\r\nRCPT TO:<alice@drops.sandbox.test>\r\nRCPT TO:<bob@drops.sandbox.test>\r\n');
    expect(await client.reply()).toMatch(/^250 /);
    expect(await client.reply()).toBe('closed');
  });

  it('connection-limited hangs up after its 421', async () => {
    const client = await connectTo('connection-limited');
    expect(await client.reply()).toMatch(/^421 4\.7\.0 .*too many connections/);
    expect(await client.reply()).toBe('closed');
  });

  it('connect-failed and the first host of dead-first-mx refuse the connection', async () => {
    for (const behavior of ['connect-failed', 'dead-first-mx'] as const) {
      const [first = ''] = await addressesOf(behavior, sandbox);
      expect(sandbox.isSandboxAddress(first)).toBe(true);
      await expect(dialSmtp(sandbox.dial(first, 25, null) ?? { host: '', port: 0 })).rejects.toMatchObject({
        code: 'ECONNREFUSED',
      });
    }
  });
});

describe('demanding hosts', () => {
  it('starttls-required accepts no sender before TLS, shows a self-signed certificate, and starts over after it', async () => {
    const client = await connectTo('starttls-required');
    expect(await greet(client)).toContain('250 STARTTLS');
    expect(await client.ask('MAIL FROM:<>')).toBe('530 5.7.0 Must issue a STARTTLS command first');
    // A command pipelined in plaintext behind STARTTLS must not be obeyed inside TLS.
    client.send('STARTTLS\r\nEHLO injected.example\r\n');
    expect(await client.reply()).toMatch(/^220 /);
    const { subject, client: secure } = await client.startTls();
    expect(subject).toBe('starttls-required.sandbox.test');
    expect(await secure.ask('MAIL FROM:<>')).toMatch(/^503 /);
    expect(await secure.ask('EHLO probe.example')).not.toContain('STARTTLS');
    expect(await secure.ask('MAIL FROM:<>')).toMatch(/^250 /);
    expect(await secure.ask('RCPT TO:<alice@starttls-required.sandbox.test>')).toMatch(/^250 /);
  });

  it('helo-picky refuses EHLO and takes HELO', async () => {
    const client = await connectTo('helo-picky');
    expect(await greet(client)).toMatch(/^502 /);
    expect(await client.ask('HELO probe.example')).toMatch(/^250 /);
    expect(await client.ask('MAIL FROM:<>')).toMatch(/^250 /);
  });

  it('null-sender-refused accepts only a real sender', async () => {
    const client = await connectTo('null-sender-refused');
    await greet(client);
    expect(await client.ask('MAIL FROM:<>')).toMatch(/^554 5\.7\.1 <>: Sender address rejected/);
    expect(await client.ask('MAIL FROM:<check@probe.example>')).toMatch(/^250 /);
  });

  it.each(['rcptmax-limited', 'too-many-recipients'] as const)('%s accepts one recipient per transaction', async (behavior) => {
    const client = await connectTo(behavior);
    expect((await greet(client)).includes('LIMITS RCPTMAX=1')).toBe(behavior === 'rcptmax-limited');
    for (const name of ['alice', 'bob']) {
      await client.ask('MAIL FROM:<>');
      expect(await client.ask(`RCPT TO:<${name}@${sandboxDomain(behavior)}>`)).toMatch(/^250 /);
      expect(await client.ask(`RCPT TO:<bob@${sandboxDomain(behavior)}>`)).toMatch(/^452 4\.5\.3 /);
      await client.ask('RSET');
    }
  });

  it('utf8 requires SMTPUTF8 for a non-ASCII name, and other hosts do not support it', async () => {
    const client = await connectTo('utf8');
    expect(await greet(client)).toContain('SMTPUTF8');
    await client.ask('MAIL FROM:<>');
    expect(await client.ask('RCPT TO:<джон@utf8.sandbox.test>')).toMatch(/^553 5\.6\.7 /);
    await client.ask('RSET');
    await client.ask('MAIL FROM:<> SMTPUTF8');
    expect(await client.ask('RCPT TO:<джон@utf8.sandbox.test>')).toMatch(/^250 /);
    expect(await client.ask('RCPT TO:<jose\u0301@utf8.sandbox.test>')).toMatch(/^250 /);
    const other = await connectTo('deliverable');
    expect(await greet(other)).not.toContain('SMTPUTF8');
    expect(await other.ask('MAIL FROM:<> SMTPUTF8')).toMatch(/^555 5\.5\.4 /);
  });
});
