import type { SandboxBehavior } from '@/lib/verdict/sandbox-catalog';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dialSmtp, type RawSmtpClient } from './raw-smtp-client';
import { addressesOf, connectTo as connect, greet } from './sandbox-client';
import { startSandbox, type Sandbox, type SandboxOptions } from './start-sandbox';

let sandbox: Sandbox;
const clients: RawSmtpClient[] = [];

const start = (options: SandboxOptions = {}): Promise<Sandbox> => startSandbox({ tarpitByteEveryMs: 5, ...options });
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

describe('a well-behaved host', () => {
  it('answers pipelined commands in order, however the bytes are cut', async () => {
    const client = await connectTo('deliverable');
    expect(await greet(client)).toContain('250-PIPELINING');
    const names = ['alice', 'nobody', 'bob'];
    const group = `MAIL FROM:<>\r\n${names.map((name) => `RCPT TO:<${name}@deliverable.sandbox.test>\r\n`).join('')}RSET\r\n`;
    client.socket.setNoDelay(true);
    for (const part of [group + group.slice(0, 30), group.slice(30)]) client.send(part);
    const codes: string[] = [];
    for (let i = 0; i < 10; i += 1) codes.push((await client.reply()).slice(0, 3));
    expect(codes).toEqual(['250', '250', '550', '250', '250', '250', '250', '550', '250', '250']);
  });

  it('enforces the order of commands, refuses other domains, and accepts names in any case and in quotes', async () => {
    const client = await connectTo('deliverable');
    await client.reply();
    expect(await client.ask('MAIL FROM:<>')).toMatch(/^503 /);
    await client.ask('EHLO probe.example');
    expect(await client.ask('RCPT TO:<alice@deliverable.sandbox.test>')).toMatch(/^503 /);
    expect(await client.ask('MAIL FROM:')).toMatch(/^501 /);
    await client.ask('MAIL FROM:<>');
    expect(await client.ask('MAIL FROM:<>')).toMatch(/^503 /);
    expect(await client.ask('RCPT TO:<alice@example.com>')).toMatch(/^554 5\.7\.1 .*Relay access denied/);
    expect(await client.ask('RCPT TO:<alice>')).toMatch(/^501 /);
    expect(await client.ask('rcpt to:<"ALICE"@Deliverable.Sandbox.Test>')).toMatch(/^250 /);
    expect(await client.ask('VRFY alice')).toMatch(/^502 /);
    expect(await client.ask('QUIT')).toMatch(/^221 /);
    expect(await client.reply()).toBe('closed');
  });

  it('hangs up on an endless line', async () => {
    const client = await connectTo('deliverable');
    await client.reply();
    client.send('x'.repeat(5_000));
    expect(await client.reply()).toMatch(/^421 /);
    expect(await client.reply()).toBe('closed');
  });
});

describe('the sandbox', () => {
  it('refuses DATA and BDAT in every state and counts them', async () => {
    const own = await start();
    const client = await connectTo('deliverable', own);
    await greet(client);
    expect(own.dataCommands).toBe(0);
    expect(await client.ask('DATA')).toMatch(/^5/);
    await client.ask('MAIL FROM:<>');
    await client.ask('RCPT TO:<alice@deliverable.sandbox.test>');
    expect(await client.ask('data')).toMatch(/^554 /);
    expect(await client.ask('BDAT 0 LAST')).toMatch(/^5/);
    expect(own.dataCommands).toBe(3);
    await own.close();
  });

  it('counts connections and probes by domain', async () => {
    const own = await start();
    const client = await connectTo('rejecting', own);
    await greet(client);
    await client.ask('MAIL FROM:<>');
    for (let i = 0; i < 3; i += 1) await client.ask(`RCPT TO:<n${i}@rejecting.sandbox.test>`);
    expect(own.stats.get('rejecting.sandbox.test')).toEqual({ connections: 1, probes: 3 });
    expect(own.stats.get('deliverable.sandbox.test')).toEqual({ connections: 0, probes: 0 });
    await own.close();
  });

  it('dials loopback for its own addresses only, on any port, and drops the source address', async () => {
    const [address = ''] = await addressesOf('deliverable', sandbox);
    expect(sandbox.dial(address, 2_525, '203.0.113.7')).toMatchObject({ host: '127.0.0.1', localAddress: null });
    const [privateAddress = ''] = await addressesOf('private-mx', sandbox);
    for (const other of [privateAddress, '198.18.0.0', '198.19.255.255', '192.0.2.53', '127.0.0.1', `::ffff:${address}`, '']) {
      expect([other, sandbox.isSandboxAddress(other), sandbox.dial(other, 25, null)]).toEqual([other, false, null]);
    }
  });

  it('closes a connection on which nothing happens, before and after STARTTLS', async () => {
    const own = await start({ idleMaxMs: 50 });
    const plain = await connectTo('mute', own);
    expect(await plain.reply()).toBe('closed');
    const tls = await connectTo('starttls-required', own);
    await greet(tls);
    await tls.ask('STARTTLS');
    const secure = (await tls.startTls()).client;
    expect(await secure.ask('EHLO probe.example')).toMatch(/^250/);
    expect(await secure.reply()).toBe('closed');
    await own.close();
  });

  it('runs beside another one, and closes at once with connections open, TLS included', async () => {
    const own = await start();
    const [here, there] = [await connectTo('greylist'), await connectTo('greylist', own)];
    const tls = await connectTo('starttls-required', own);
    await greet(tls);
    await tls.ask('STARTTLS');
    const secure = (await tls.startTls()).client;
    const stuttering = await connectTo('tarpit', own);
    await own.close();
    expect(await there.reply().then(() => there.reply())).toBe('closed');
    expect(await secure.reply()).toBe('closed');
    stuttering.socket.destroy();
    expect(await here.reply()).toMatch(/^220 /);
    await expect(dialSmtp(own.dial('198.18.0.1', 25, null) ?? { host: '127.0.0.1', port: 1 })).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });
});
