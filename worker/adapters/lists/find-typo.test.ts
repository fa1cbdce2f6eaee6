import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '@/worker/engine/providers/providers.data';
import { createLists } from './create-lists';
import { FREE_PROVIDER_DOMAINS } from './domains.data';
import { KNOWN_LOOKALIKES, REAL_NEIGHBOURS, REAL_WORDS, SUGGESTED_ONLY, TYPO_TARGETS } from './typos.data';

const lists = createLists();
const words = (text: string): string[] => text.trim().split(/\s+/);
const pairs = (text: string): [string, string][] =>
  words(text).map((pair) => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']);

const isKnownToBeReal = (domain: string): boolean =>
  REAL_NEIGHBOURS.includes(domain) || REAL_WORDS.includes(domain.split('.')[0] ?? '');

describe('a misspelled provider', () => {
  it.each(
    pairs(`
      gmial.com=gmail.com gmail.con=gmail.com gmai.com=gmail.com gmaik.com=gmail.com gnail.com=gmail.com gmail=gmail.com gmailcom=gmail.com gmail.comm=gmail.com gmail.com,=gmail.com
      hotmial.com=hotmail.com hotmaill.com=hotmail.com hotmai.fr=hotmail.fr hotnail.co.uk=hotmail.co.uk yahho.com=yahoo.com yaho.co.uk=yahoo.co.uk yahoo.cim=yahoo.com
      outlok.com=outlook.com outlookc.om=outlook.com iclod.com=icloud.com icloud.ne=icloud.com aol.con=aol.com live.cmo=live.com msn.cm=msn.com
      comcast.ent=comcast.net verizom.net=verizon.net sbcglobla.net=sbcglobal.net bellsouht.net=bellsouth.net
      t-onlin.de=t-online.de web.ed=web.de gmx.dee=gmx.de freenrt.de=freenet.de ornage.fr=orange.fr wanado.fr=wanadoo.fr laposte.ne=laposte.net
      libreo.it=libero.it virgillio.it=virgilio.it seznm.cz=seznam.cz intreia.pl=interia.pl yandez.ru=yandex.ru ramblr.ru=rambler.ru
      hotmial.nl=hotmail.nl outlok.com.br=outlook.com.br yahooo.com.mx=yahoo.com.mx yaho.ca=yahoo.ca hotmail.uk=hotmail.co.uk yahoo.br=yahoo.com.br
      skynte.be=skynet.be kpnmial.nl=kpnmail.nl proximsu.be=proximus.be freemial.hu=freemail.hu blueyoner.co.uk=blueyonder.co.uk comhme.se=comhem.se aol.co=aol.com att.ne=att.net
      gmail.com.=gmail.com gmail..com=gmail.com web.de.=web.de xs4all.nl.=xs4all.nl
      protonmial.com=protonmail.com fastmial.com=fastmail.com rediffmal.com=rediffmail.com navre.com=naver.com uol.com.b=uol.com.br
    `),
  )('%s is taken for %s', (typo, suggestion) => {
    expect(lists.typo(typo)?.suggestion).toBe(suggestion);
  });

  // Shorter names are one slip away from too many others.
  const long = TYPO_TARGETS.filter((domain) => domain.indexOf('.') >= 7);
  const slip = fc.tuple(fc.constantFrom(...long), fc.nat(), fc.constantFrom('swap', 'double', 'drop' as const));

  it('is found if any letter of a long name is doubled, dropped or swapped with the next', () => {
    fc.assert(
      fc.property(slip, ([domain, anywhere, kind]) => {
        const at = 1 + (anywhere % (domain.indexOf('.') - 2));
        const [one, two] = [domain.charAt(at), domain.charAt(at + 1)];
        const made = { swap: two + one, double: one + one + two, drop: two }[kind];
        const typo = domain.slice(0, at) + made + domain.slice(at + 2);
        fc.pre(!TYPO_TARGETS.includes(typo) && !lists.free(typo) && !isKnownToBeReal(typo));
        expect(lists.typo(typo)?.suggestion, typo).toBe(domain);
      }),
      { numRuns: 500 },
    );
  });

  it('causes a verdict only as a known look-alike', () => {
    expect(lists.typo('gmial.com')).toMatchObject({ suggestion: 'gmail.com', known: true });
    expect(lists.typo('gmaiu.com')).toEqual({ suggestion: 'gmail.com', known: false });
    expect(lists.typo('gmall.com')).toEqual({ suggestion: 'gmail.com', known: false });
  });
});

describe('a real mail domain', () => {
  it.each(
    words(`
      gmail.com googlemail.com ymail.com mail.com email.com aim.com me.com mac.com live.nl live.ca hotmail.be hotmail.ch outlook.sa outlook.hu yahoo.co.jp yahoo.ie
      gmx.ch gmx.at web.de mail.ru mail.bg inbox.lv yandex.kz ya.ru zoho.eu tuta.com duck.com qq.com 163.com att.net att.com cox.com verizon.com comcast.com
      orange.es centrum.sk interia.eu naver.net seznam.com ibm.com hp.com bbc.com mit.edu osu.edu cloud.com qmail.org apple.com google.com skype.com
      example.com acme.example sandbox.test deliverable.sandbox.test mail.de email.de t-mobile.com sky.de web.com aol.de yahoo.dk
    `),
  )('gets no suggestion: %s', (domain) => {
    expect(lists.typo(domain)).toBeNull();
  });

  it('gets none if it is a real word, under any ending', () => {
    const others = REAL_WORDS.filter((word) => !TYPO_TARGETS.some((target) => target.startsWith(`${word}.`)));
    for (const word of others)
      for (const ending of ['com', 'net', 'de', 'fr', 'it', 'se', 'co.uk', 'com.br'])
        expect(lists.typo(`${word}.${ending}`)).toBeNull();
  });

  it('gets none if it is the same name under another country’s ending', () => {
    const endings = ['at', 'be', 'ch', 'dk', 'es', 'fi', 'ie', 'jp', 'no', 'pt', 'ro', 'se', 'com.ar', 'com.mx', 'co.id'];
    const names = ['hotmail', 'outlook', 'yahoo', 'live', 'yandex', 'orange', 'gmx', 'mail', 'aol'];
    for (const name of names)
      for (const ending of endings) expect(lists.typo(`${name}.${ending}`), `${name}.${ending}`).toBeNull();
  });

  it('gets none if it is a disposable or a relay service', () => {
    const services = PROVIDERS.filter((card) => card.class === 'disposable' || card.class === 'relay');
    for (const name of services.flatMap((card) => card.suffix ?? [])) expect(lists.typo(name), name).toBeNull();
  });

  it('gets none whichever of our own tables contains it', () => {
    for (const domain of [...FREE_PROVIDER_DOMAINS, ...TYPO_TARGETS, ...REAL_NEIGHBOURS])
      expect(lists.typo(domain), domain).toBeNull();
  });
});

describe('the tables', () => {
  it('contain only known providers as targets, and no misspelling twice', () => {
    const tables = { ...KNOWN_LOOKALIKES };
    for (const target of [...Object.keys(tables), ...Object.keys(SUGGESTED_ONLY)]) expect(lists.free(target), target).toBe(true);
    const typos = [...Object.values(KNOWN_LOOKALIKES), ...Object.values(SUGGESTED_ONLY)].flatMap((line) => line.split(' '));
    expect(typos.filter((typo, index) => typos.indexOf(typo) !== index)).toEqual([]);
    expect(typos.filter((typo) => lists.free(typo))).toEqual([]);
  });
});
