import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CLASS_DEFAULTS, GREETINGS, PROVIDERS } from './providers.data';
import { recognizeProvider } from './recognize-provider';

const byHost = (...mxHosts: string[]) => recognizeProvider({ mxHosts, greeting: null })?.id ?? null;
const byGreeting = (greeting: string) => recognizeProvider({ mxHosts: ['mx.example.com'], greeting })?.id ?? null;

describe('a provider', () => {
  it.each([
    ['alt1.gmail-smtp-in.l.google.com', 'gmail'],
    ['ALT1.GMAIL-SMTP-IN.L.GOOGLE.COM.', 'gmail'],
    ['aspmx.l.google.com', 'google-workspace'],
    ['alt2.aspmx.l.google.com', 'google-workspace'],
    ['aspmx3.googlemail.com', 'google-workspace'],
    ['smtp.google.com', 'google-workspace'],
    ['hotmail-com.olc.protection.outlook.com', 'outlook-consumer'],
    ['example-com.mail.protection.outlook.com', 'microsoft-365'],
    ['example-com.v-v1.mx.microsoft', 'microsoft-365'],
    ['mta5.am0.yahoodns.net', 'yahoo'],
    ['mx-aol.mail.gm0.yahoodns.net', 'aol'],
    ['mx-biz.mail.am0.yahoodns.net', 'yahoo-small-business'],
    ['mx01.mail.icloud.com', 'icloud'],
    ['mx3.qq.com', 'qq'],
    ['mxbiz1.qq.com', 'tencent-exmail'],
    ['qiye163mx01.mxmail.netease.com', 'netease-enterprise'],
    ['163mx01.mxmail.netease.com', 'netease'],
    ['mxs.mail.ru', 'mail-ru'],
    ['mx00.emig.gmx.net', 'gmx'],
    ['mx00.ionos.de', 'ionos'],
    ['mx0a-00000000.pphosted.com', 'proofpoint'],
    ['eu-smtp-inbound-1.mimecast.com', 'mimecast'],
    ['d12345a.ess.barracudanetworks.com', 'barracuda'],
    ['example.in.tmes.trendmicro.eu', 'trend-micro'],
    ['mx1.hc1234-56.iphmx.com', 'cisco'],
    ['inbound-smtp.eu-west-1.amazonaws.com', 'amazon-ses'],
    ['route2.mx.cloudflare.net', 'cloudflare-routing'],
    ['mx1.simplelogin.co', 'simplelogin'],
    ['mail2.mailinator.com', 'disposable-mailinator-com'],
    ['mail.wabblywabble.com', 'disposable-wabblywabble-com'],
    ['jp1-mx1.worksmobile.com', 'naver-works'],
    ['mx1.feishu.cn', 'lark'],
    ['mx.vgs.untd.com', 'united-online'],
    ['mx.cableone.syn-alias.com', 'synacor'],
    ['mx1.alias.proton.me', 'proton-pass'],
    ['park-mx.above.com', 'above'],
    ['je-smtp-inbound-1.mimecast-offshore.com', 'mimecast'],
    ['mx01.w4ymail.at', 'world4you'],
    ['mx1.beget.com', 'beget'],
    ['mx.securemx.jp', 'securemx'],
  ])('is known by its host: %s is %s', (host, id) => {
    expect(byHost(host)).toBe(id);
  });

  it('is not recognized by a name that a stranger can register', () => {
    expect(byHost('mx00.ionos.co.uk')).toBe('ionos');
    for (const name of ['mx00.ionos.attacker.com', 'mx00.ionos.attacker', 'mx3.qq.com.attacker.com', 'web.de.attacker.com'])
      expect(byHost(name)).toBeNull();
  });

  it('is not recognized by a name that only looks similar', () => {
    for (const host of ['mx.example.com', 'notyahoodns.net', 'yahoodns.net.example.com', 'com', ''])
      expect(byHost(host), host).toBeNull();
  });

  it('is that of the first known host', () => {
    expect(byHost('mx.example.com', 'aspmx.l.google.com', 'mxs.mail.ru')).toBe('google-workspace');
  });

  it.each([
    ['mtaproxy512.free.mail.ne1.yahoo.com ESMTP ready', 'yahoo'],
    ['mx.google.com ESMTP a1b2c3 - gsmtp', 'google-workspace'],
    ['AM7EUR06FT012.mail.protection.outlook.com Microsoft ESMTP MAIL Service ready at Mon, 1 Jan 2026', 'microsoft-365'],
    ['mail.example.com ESMTP Postfix', null],
  ])('is known by its greeting if the host name is unknown: %s', (greeting, id) => {
    expect(byGreeting(greeting)).toBe(id);
  });

  it('is decided by the host name, even if the greeting names another', () => {
    expect(recognizeProvider({ mxHosts: ['mxs.mail.ru'], greeting: 'mx.google.com ESMTP x - gsmtp' })?.id).toBe('mail-ru');
  });
});

const provider = (host: string) => recognizeProvider({ mxHosts: [host], greeting: null });
const hostNames = PROVIDERS.flatMap((card) => [
  ...(card.exact ?? []).map((name) => ({ id: card.id, host: name })),
  ...(card.suffix ?? []).flatMap((name) => [name, `a.b.${name}`].map((host) => ({ id: card.id, host }))),
]);

describe('the cards', () => {
  it('have unique ids and no host name twice', () => {
    const ids = PROVIDERS.map((card) => card.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index || !/^[a-z0-9-]+$/.test(id))).toEqual([]);
    const names = PROVIDERS.flatMap((card) => [...(card.exact ?? []), ...(card.suffix ?? [])]);
    expect(names.filter((name, index) => names.indexOf(name) !== index || !/^[a-z0-9.-]+\.[a-z]+$/.test(name))).toEqual([]);
  });

  it('recognize their own hosts: no other card’s pattern or suffix takes one away', () => {
    expect(hostNames.filter(({ id, host }) => provider(host)?.id !== id)).toEqual([]);
  });

  it('prefer the longer of two suffixes', () => {
    expect(provider('cxr.mx.a.cloudfilter.net')?.id).toBe('cox');
    expect(provider('mx1.other.cloudfilter.net')?.id).toBe('cloudmark');
    expect(provider('mx.ym.163.com')?.id).toBe('netease-domain');
    expect(provider('contoso-com.olc.protection.outlook.com')?.id).toBe('outlook-consumer');
  });

  it('name no domain reserved for examples and tests, and no sandbox', () => {
    const reserved = /(?:^|\.)(?:example(?:\.com|\.net|\.org)?|test|invalid|localhost|local|sandbox)$/;
    expect(hostNames.filter(({ host }) => reserved.test(host))).toEqual([]);
    for (const host of [
      'mx.example.com',
      'mx.example.org',
      'mx.sandbox.test',
      'deliverable.sandbox.test',
      'mx1.mail.test',
      'localhost',
    ])
      expect(provider(host), host).toBeNull();
  });

  it('have only anchored patterns', () => {
    const sources = PROVIDERS.flatMap((card) => card.pattern ?? []).map(({ source }) => source);
    expect(sources.filter((source) => !/^(?:\^|\(\?:\^\|)/.test(source) || !source.endsWith('$'))).toEqual([]);
  });

  it('give a complete behavior with plausible figures', () => {
    for (const { id, host } of hostNames) {
      const known = provider(host);
      if (!known?.pace || known.maxRecipients === null) throw new Error(`${id}: no whole behavior`);
      const { sessions, connectionsPerMinute, recipientsPerMinute } = known.pace;
      expect(known.acceptance, id).toMatch(/^(?:truthful|probe|worthless)$/);
      expect(known.maxRecipients, id).toBeGreaterThanOrEqual(1);
      // RFC 5321 4.5.3.1.8: a server must accept at least 100; we never send more.
      expect(known.maxRecipients, id).toBeLessThanOrEqual(100);
      expect(sessions, id).toBeGreaterThanOrEqual(1);
      expect(connectionsPerMinute, id).toBeGreaterThanOrEqual(sessions);
      expect(recipientsPerMinute, id).toBeGreaterThanOrEqual(connectionsPerMinute);
    }
  });

  it('override what their class says', () => {
    expect(provider('mx1.loopia.se')).toMatchObject(CLASS_DEFAULTS.mailbox);
    expect(provider('smtp-in.orange.fr')?.pace).toMatchObject({ sessions: 1 });
    expect(provider('mta5.am0.yahoodns.net')?.acceptance).toBe('worthless');
  });

  it('trust a yes without a probe only for freemail, where nobody can have a catch-all', () => {
    const truthful = PROVIDERS.filter((card) => card.acceptance === 'truthful');
    expect(truthful.filter((card) => card.class !== 'freemail')).toEqual([]);
    expect(truthful.length).toBeGreaterThan(0);
  });

  it('give no trust for a greeting, which anyone can write', () => {
    for (const { id } of GREETINGS) {
      const greeted = PROVIDERS.find((card) => card.id === id);
      expect(greeted, id).toBeDefined();
      expect(greeted?.acceptance ?? 'probe', id).not.toBe('truthful');
    }
  });

  it('ask Outlook.com about one recipient at a time', () => {
    expect(provider('hotmail-com.olc.protection.outlook.com')?.maxRecipients).toBe(1);
  });
});

describe('what the docs say', () => {
  const page = readFileSync(new URL('../../../docs/providers.md', import.meta.url), 'utf8');

  it('about the size of the table is true', () => {
    const rules = PROVIDERS.flatMap((card) => [...(card.exact ?? []), ...(card.suffix ?? []), ...(card.pattern ?? [])]);
    expect(page).toContain(`: ${String(PROVIDERS.length)} cards with\n${String(rules.length)} host names and patterns`);
  });

  it.each(Object.entries(CLASS_DEFAULTS))(
    'about the class %s is what the code does',
    (kind, { acceptance, maxRecipients, pace }) => {
      const figures = [acceptance, maxRecipients, pace.sessions, pace.connectionsPerMinute, pace.recipientsPerMinute];
      const row = page.split('\n').find((line) => line.startsWith(`| \`${kind}\` |`));
      expect(row).toContain(`| ${figures.join(' | ')} |`);
    },
  );
});
