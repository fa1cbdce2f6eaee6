import { describe, expect, it } from 'vitest';
import { GREETINGS, PROVIDERS } from './providers.data';
import { recogniseProvider } from './recognise-provider';

const byHost = (...mxHosts: string[]) => recogniseProvider({ mxHosts, greeting: null })?.id ?? null;
const byGreeting = (greeting: string) => recogniseProvider({ mxHosts: ['mx.example.com'], greeting })?.id ?? null;

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
  ])('is known by its host: %s is %s', (host, id) => {
    expect(byHost(host)).toBe(id);
  });

  it('is nobody where a name only looks like it', () => {
    for (const host of ['mx.example.com', 'notyahoodns.net', 'yahoodns.net.example.com', 'com', ''])
      expect(byHost(host), host).toBeNull();
  });

  it('is the first host’s that anybody knows', () => {
    expect(byHost('mx.example.com', 'aspmx.l.google.com', 'mxs.mail.ru')).toBe('google-workspace');
  });

  it.each([
    ['mtaproxy512.free.mail.ne1.yahoo.com ESMTP ready', 'yahoo'],
    ['mx.google.com ESMTP a1b2c3 - gsmtp', 'google-workspace'],
    ['AM7EUR06FT012.mail.protection.outlook.com Microsoft ESMTP MAIL Service ready at Mon, 1 Jan 2026', 'microsoft-365'],
    ['mail.example.com ESMTP Postfix', null],
  ])('is known by its greeting where the host name tells nothing: %s', (greeting, id) => {
    expect(byGreeting(greeting)).toBe(id);
  });

  it('is not believed a greeting against its host name', () => {
    expect(recogniseProvider({ mxHosts: ['mxs.mail.ru'], greeting: 'mx.google.com ESMTP x - gsmtp' })?.id).toBe('mail-ru');
  });
});

describe('the cards', () => {
  it('have an id each, and no host name twice', () => {
    const ids = PROVIDERS.map((card) => card.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index || !/^[a-z0-9-]+$/.test(id))).toEqual([]);
    const names = PROVIDERS.flatMap((card) => [...(card.exact ?? []), ...(card.suffix ?? [])]);
    expect(names.filter((name, index) => names.indexOf(name) !== index || !/^[a-z0-9.-]+$/.test(name))).toEqual([]);
  });

  it('let no greeting, which anyone can write, earn a provider’s trust', () => {
    for (const { id } of GREETINGS) {
      const card = PROVIDERS.find((candidate) => candidate.id === id);
      expect(card?.acceptance, id).toMatch(/^(?:probe|worthless)$/);
    }
  });

  it('ask Outlook.com about one recipient at a time', () => {
    expect(recogniseProvider({ mxHosts: ['hotmail-com.olc.protection.outlook.com'], greeting: null })?.maxRecipients).toBe(1);
  });
});
