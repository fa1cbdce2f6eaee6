import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { accountExistsMail, confirmAddressMail, magicLinkMail, resetPasswordMail } from '@/lib/accounts/mails';
import type * as EnvModule from '../env';
import { env } from '../env';
import { composeMail } from './compose';
import { sendMail } from './send';

vi.mock('../env', async (load) => {
  const real = await load<typeof EnvModule>();
  const settings = { ...real.parseEnv({}), APP_URL: 'https://app.example', MAIL_URL: 'smtp://unset' };
  return { ...real, env: () => settings };
});

interface Received {
  recipients: string[];
  source: string;
}

const received: Received[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      received.push({
        recipients: session.envelope.rcptTo.map(({ address }) => address),
        source: Buffer.concat(chunks).toString('utf8'),
      });
      done();
    });
  },
});

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  env().MAIL_URL = `smtp://127.0.0.1:${portOf(server.server.address())}`;
});

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

afterAll(() => new Promise<void>((done) => server.close(done)));

const sent = async (mail: Parameters<typeof sendMail>[0]): Promise<Received> => {
  const before = received.length;
  await sendMail(mail);
  const mine = received[before];
  if (mine === undefined) throw new Error('nothing arrived');
  return mine;
};

test('a mail arrives by SMTP with a text and an HTML part', async () => {
  const { recipients, source } = await sent(composeMail('someone@example.com', { subject: 'Grüße', paragraphs: ['Hello'] }));
  expect(recipients).toEqual(['someone@example.com']);
  expect(source).toContain('Content-Type: text/plain');
  expect(source).toContain('Content-Type: text/html');
  expect(source).toContain('Auto-Submitted: auto-generated');
});

test('a server that accepts the connection and then stays silent is given up on', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  const sockets: Socket[] = [];
  const connected = new Promise<void>((done) => silent.once('connection', (socket) => (sockets.push(socket), done())));
  await once(silent, 'listening');
  const url = env().MAIL_URL;
  env().MAIL_URL = `smtp://127.0.0.1:${portOf(silent.address())}`;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const sending = sendMail({ to: 'someone@example.com', subject: 's', text: 't', html: 'h' }).catch((error: unknown) => error);
    await connected;
    await vi.advanceTimersByTimeAsync(11_000);
    expect(await sending).toMatchObject({ code: 'ETIMEDOUT' });
  } finally {
    vi.useRealTimers();
    env().MAIL_URL = url;
    for (const socket of sockets) socket.destroy();
    silent.close();
  }
});

test('a line break in a subject does not start a header', async () => {
  const { source } = await sent({
    to: 'someone@example.com',
    subject: 'Hi\r\nBcc: victim@example.com\r\n\r\nbody',
    text: 't',
    html: 'h',
  });
  expect(source).not.toMatch(/^Bcc:/im);
  expect(source).toMatch(/^Subject: Hi Bcc: victim@example.com body\r$/m);
});

test.each([
  'a@example.com\r\nBcc: victim@example.com',
  'a@example.com, victim@example.com',
  'A <a@example.com>',
  'a@example.com\u2028x',
])('the recipient %j is refused, not repaired', async (to) => {
  const before = received.length;
  await expect(sendMail({ to, subject: 's', text: 't', html: 'h' })).rejects.toThrow('one plain address');
  expect(received).toHaveLength(before);
});

test('everything that is not our own markup is escaped in the HTML', () => {
  const { html } = composeMail('a@example.com', {
    subject: '<b>',
    paragraphs: [`<img src=x onerror="1">'&`],
    button: { label: '<i>', url: 'https://app.example/?a="><script>' },
  });
  expect(html).not.toMatch(/<(?:img|script|b|i)\b/);
  expect(html).toContain('&lt;img src=x onerror=&quot;1&quot;&gt;&#39;&amp;');
});

test('a long link may break wherever it stands, so that no mail is wider than a phone', () => {
  const url = `https://app.example/${'x'.repeat(80)}`;
  const { html } = composeMail('a@example.com', {
    subject: 's',
    paragraphs: [`Before: ${url}`],
    button: { label: 'Open', url },
    after: [`After: ${url}`],
  });
  const withLink = html.split('\n').filter((line) => line.replaceAll(/href="[^"]*"/g, '').includes(url));
  expect(withLink).toHaveLength(3);
  for (const line of withLink) expect(line).toMatch(/^<p [^>]*word-break:break-word/);
});

test.each([
  confirmAddressMail('a@example.com', 'tok'),
  resetPasswordMail('a@example.com', 'tok'),
  magicLinkMail('a@example.com', { token: 'tok', callbackPath: '/settings?x=1&y=2' }),
  accountExistsMail('a@example.com'),
])('"$subject" refers to nothing outside, and links lead to this site', ({ html, text }) => {
  expect(html).not.toMatch(/<(?:img|link|script|iframe)|url\(|@import/i);
  const links = [...`${html}\n${text}`.matchAll(/https?:\/\/[^\s"<]+/g)].map(
    ([link]) => new URL(link.replaceAll('&amp;', '&')).origin,
  );
  expect(new Set(links)).toEqual(new Set(['https://app.example']));
});

test('every color of a mail has a counterpart in dark mode', () => {
  const { html } = confirmAddressMail('a@example.com', 'tok');
  const [, dark = ''] = /@media \(prefers-color-scheme:dark\)\{(.*)\}<\/style>/.exec(html) ?? [];
  const colored = [...html.matchAll(/<(\w+)([^>]*style=(?:"[^"]*|'[^']*)(?:color|background):#[^>]*)>/g)];
  expect(colored.length).toBeGreaterThan(3);
  for (const [, tag = '', attributes = ''] of colored) {
    const names = /class="([^"]*)"/
      .exec(attributes)?.[1]
      ?.split(' ')
      .map((name) => `.${name}`) ?? [tag];
    expect(names.filter((name) => dark.includes(`${name}{`))).toEqual(names);
  }
});
