import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { MAILBOX_FAMILY_DOMAINS } from '@/lib/verdict/mailbox-rules';
import { PROVIDERS } from '@/worker/engine/providers/providers.data';
import { NEVER_DISPOSABLE, FREE_PROVIDER_DOMAINS, RELAY_SERVICES } from './domains.data';
import { countDisposable, createLists } from './create-lists';
import { countSource, loadDisposable, DISPOSABLE_SOURCES, OWN_TABLES_DATE } from './load-disposable';
import { NO_REPLY_NAMES, ROLE_NAMES } from './role-names.data';
import { KNOWN_LOOKALIKES, REAL_NEIGHBOURS, REAL_WORDS, SUGGESTED_ONLY, TYPO_TARGETS } from './typos.data';

const lists = createLists();
const words = (text: string): string[] => text.trim().split(/\s+/);
const relayDomains = Object.values(RELAY_SERVICES).flatMap((line) => line.split(' '));

describe('a disposable domain', () => {
  it.each(
    words(
      'mailinator.com yopmail.com guerrillamail.com sharklasers.com trashmail.com 10minutemail.com getnada.com any.sub.mailinator.com',
    ),
  )('is found with its source and date: %s', (domain) => {
    const hit = lists.disposable(domain);
    expect(hit?.source).toMatch(/^[a-z-]+ \d+\.\d+\.\d+$/);
    expect(hit?.since).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('is found by its mail host if no list has the domain yet', () => {
    expect(lists.disposable('brand-new-name.example')).toBeNull();
    expect(lists.disposableByMx(['mx.elsewhere.example', 'mail2.mailinator.com'])?.source).toContain('mailinator.com');
    expect(lists.disposableByMx(['aspmx.l.google.com'])).toBeNull();
  });
});

describe('every flag', () => {
  it('names its source and the day since which it is known, however it was found', () => {
    const hits = {
      'a listed domain': lists.disposable('mailinator.com'),
      'a sub-domain of one': lists.disposable('deep.sub.yopmail.com'),
      'a mail host': lists.disposableByMx(['mx.spymail.one']),
      'a relay service': lists.relay('duck.com'),
      'a role name': lists.role('info'),
      'a known look-alike': lists.typo('gmial.com')?.listed ?? null,
    };
    for (const [way, hit] of Object.entries(hits)) {
      expect(hit?.source, way).toMatch(/^(?:own: [a-z-]|[a-z-]+ \d+\.\d+\.\d+$)/);
      expect(hit?.since, way).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
    expect(lists.typo('gmaikl.com')?.listed ?? null).toBeNull();
  });
});

describe('what is never called disposable', () => {
  it('any domain of a mailbox provider, in any country', () => {
    const names = [
      'outlook',
      'hotmail',
      'live',
      'yahoo',
      'gmx',
      'aol',
      'yandex',
      'zoho',
      'fastmail',
      'icloud',
      'proton',
      'tutanota',
      'posteo',
      'mail',
    ];
    const known = [...MAILBOX_FAMILY_DOMAINS, ...FREE_PROVIDER_DOMAINS].filter((domain) =>
      names.includes(domain.split('.')[0] ?? ''),
    );
    expect(known.length).toBeGreaterThan(200);
    expect(known.filter((domain) => lists.disposable(domain) !== null)).toEqual([]);
  });

  it('any domain in which a mailbox provider, gateway or forwarder has its mail hosts', () => {
    const honest = PROVIDERS.filter((card) => card.class !== 'disposable' && card.class !== 'parking');
    const hosts = honest.flatMap((card) => [...(card.exact ?? []), ...(card.suffix ?? [])]);
    expect(hosts.filter((host) => lists.disposable(host) !== null)).toEqual([]);
    expect(hosts.filter((host) => lists.disposableByMx([host, `mx1.${host}`]) !== null)).toEqual([]);
  });

  it.each(
    words(
      'nus.edu.sg hush.com keemail.me consultant.com vfemail.net 21cn.com airmail.cc dr.com gmail.com web.de example.com acme.example',
    ),
  )('%s', (domain) => {
    expect(lists.disposable(domain)).toBeNull();
  });

  it('any free provider, relay service, exception or known look-alike', () => {
    const never = [
      ...FREE_PROVIDER_DOMAINS,
      ...relayDomains,
      ...Object.keys(NEVER_DISPOSABLE),
      ...Object.values(KNOWN_LOOKALIKES).flatMap((line) => line.split(' ')),
    ];
    expect(never.filter((domain) => lists.disposable(domain) !== null)).toEqual([]);
  });

  it('a name under a public suffix that strangers share', () => {
    for (const domain of ['somebody.ddns.net', 'ddns.net', 'school.edu.pl', 'shop.my.id'])
      expect(lists.disposable(domain), domain).toBeNull();
  });
});

describe('relay services', () => {
  it.each(
    words('duck.com mozmail.com privaterelay.appleid.com simplelogin.com me.anonaddy.com passmail.net sneakemail.com snkml.com'),
  )('are a separate class: %s', (domain) => {
    expect(lists.relay(domain)?.source).toMatch(/^own: relay services \(.+\)$/);
  });

  it('are not what they look like', () => {
    for (const domain of ['appleid.com', 'gmail.com', 'notduck.com', 'mailinator.com'])
      expect(lists.relay(domain), domain).toBeNull();
  });
});

describe('free providers', () => {
  it.each(
    words(
      'gmail.com outlook.de hotmail.co.uk live.nl yahoo.com.br icloud.com gmx.at web.de mail.ru qq.com orange.fr comcast.net proton.me tuta.com usa.com',
    ),
  )('are known: %s', (domain) => {
    expect(lists.free(domain)).toBe(true);
  });

  it.each(words('example.com google.com microsoft.com apple.com mailinator.com gmial.com sub.gmail.com'))(
    'are no others: %s',
    (domain) => {
      expect(lists.free(domain)).toBe(false);
    },
  );

  it('are each listed once, in lower case', () => {
    expect(new Set(FREE_PROVIDER_DOMAINS).size).toBe(FREE_PROVIDER_DOMAINS.length);
    expect(FREE_PROVIDER_DOMAINS.filter((domain) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain))).toEqual([]);
  });
});

describe('what the docs say', () => {
  const page = readFileSync(new URL('../../../docs/lists.md', import.meta.url), 'utf8');
  const load = createRequire(import.meta.url);
  const show = (count: number): string => count.toLocaleString('en-US');
  const size = (table: Readonly<Record<string, string>>): number =>
    Object.values(table).flatMap((line) => line.split(' ')).length;

  it.each(DISPOSABLE_SOURCES)('about a package matches what is installed: $package', (source) => {
    const manifest: unknown = JSON.parse(readFileSync(load.resolve(`${source.package}/package.json`), 'utf8'));
    expect(manifest).toMatchObject({ version: source.version, license: source.license });
    const count = show(countSource(source.package));
    expect(page).toContain(`| ${source.package} | ${source.version} | ${source.published} | ${source.license} | ${count} |`);
  });

  it('about all packages together matches what is loaded', () => {
    const all = show(loadDisposable(() => false).size);
    expect(page).toContain(`Together they name ${all} mail domains; ${show(countDisposable())} are left`);
  });

  it.each([
    ['relay services', relayDomains.length],
    ['free providers', FREE_PROVIDER_DOMAINS.length],
    ['provider families', MAILBOX_FAMILY_DOMAINS.length],
    ['role names', new Set(Object.values(ROLE_NAMES).flat()).size],
    ['no-reply names', NO_REPLY_NAMES.length],
    ['known look-alikes', size(KNOWN_LOOKALIKES)],
    ['suggestions only', size(SUGGESTED_ONLY)],
    ['providers people misspell', TYPO_TARGETS.length],
    ['real domains', Object.keys(NEVER_DISPOSABLE).length],
    ['real neighbors', REAL_NEIGHBOURS.length],
    ['real words', REAL_WORDS.length],
  ])('about our own tables matches their content: %s', (table, count) => {
    expect(page).toContain(`| ${table} | ${show(count)} |`);
    expect(page).toContain(`Last gone through on ${OWN_TABLES_DATE}.`);
  });
});

describe('a provider that is known to exist', () => {
  it.each([
    ['gmail.com', 'surely'],
    ['outlook.de', 'surely'],
    ['yahoo.co.jp', 'surely'],
    ['icloud.com', 'surely'],
    ['web.de', 'surely'],
    ['qq.com', 'surely'],
    ['hey.com', 'probably'],
    ['privaterelay.appleid.com', 'probably'],
    ['mailinator.com', null],
    ['gmial.com', null],
    ['mx.gmail.com', null],
    ['example.com', null],
  ])('%s: %s', (domain, known) => {
    expect(lists.known(domain)).toBe(known);
  });

  it('is every free provider, and no disposable one', () => {
    expect(FREE_PROVIDER_DOMAINS.filter((domain) => lists.known(domain) === null)).toEqual([]);
    const throwAway = PROVIDERS.filter(({ class: kind }) => kind === 'disposable').flatMap(({ suffix = [] }) => suffix);
    expect(throwAway.filter((domain) => lists.known(domain) !== null)).toEqual([]);
  });
});
