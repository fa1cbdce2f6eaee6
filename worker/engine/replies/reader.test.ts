import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyReply } from './classify';
import { alternativesOf, firstLetters } from './first-letters';
import { REPLY_CASES, type ReplyCase } from './reply-cases.data';
import type { ClassifierStage } from './rule';

const meaningOf = (stage: ClassifierStage, code: number, text: string, enhanced: string | null = null) =>
  classifyReply({ stage, code, enhanced, text, provider: null }).meaning;

describe('a sentence nobody has sent, made of words that are known', () => {
  const users = ['user', 'recipient', 'mailbox', 'account', 'e-mail address', 'addressee'];
  const of = {
    mailbox_not_found: ['The %s is not known here', 'Unknown %s', 'We have no such %s', 'Your %s? That %s does not exist'],
    mailbox_disabled: ['This %s has been suspended', 'That %s was deactivated', 'Inactive %s'],
    mailbox_full: ['The %s is full', 'The %s is over quota'],
    temporary_failure: ['%s database could not be opened, later please'],
    rate_limited: ['Too many messages to this %s', 'Too many unknown %ss in one session'],
    relay_denied: ['We do not relay to that %s', 'Relaying to this %s is forbidden'],
    sender_blocked: ['Your IP is banned from writing to this %s', 'Your server is on a blacklist, %s not reached'],
    sender_rejected: ['No PTR for your host, %s not reached', 'SPF failed, so the %s will not be asked'],
  } as const;
  const rows = Object.entries(of).flatMap(([meaning, texts]) =>
    texts.flatMap((text) => users.map((user) => [meaning, text.replaceAll('%s', user)] as const)),
  );
  it.each(rows)('%s: %s', (meaning, text) => {
    expect(meaningOf('rcpt', meaning === 'temporary_failure' ? 451 : 550, text)).toBe(meaning);
  });
});

describe('whose fault it is', () => {
  it.each([
    ['unknown', 'mailbox_not_found', 'The user is unknown'],
    ['unknown', 'domain_not_hosted', 'The recipient domain is unknown'],
    ['unknown', 'sender_rejected', 'The sender is unknown'],
    ['unknown', 'sender_rejected', 'The HELO name is unknown'],
    ['refused', 'policy_other', 'The message is refused'],
    ['refused', 'sender_blocked', 'Your host is refused'],
    ['refused', 'relay_denied', 'Relaying is refused'],
    ['refused', 'sender_rejected', 'The envelope sender is refused'],
    ['full', 'mailbox_full', 'The mailbox is full'],
    ['full', 'temporary_failure', 'The mail system is full'],
  ] as const)('decides what "%s" means: %s for "%s"', (_, meaning, text) => {
    expect(meaningOf('rcpt', 550, text)).toBe(meaning);
  });
});

describe('a text that says otherwise than its status and code', () => {
  it.each([
    [550, '5.1.1', 'Your host is blacklisted', 'sender_blocked'],
    [550, '5.1.1', 'The sender domain has no MX record', 'sender_rejected'],
    [550, '5.2.1', 'Too many recipients this hour', 'rate_limited'],
    [550, '5.1.2', 'Relaying denied', 'relay_denied'],
    [550, '5.7.1', 'That user does not exist', 'mailbox_not_found'],
    [550, '5.4.1', 'The account has been closed', 'mailbox_disabled'],
    [554, '5.3.0', 'The recipient is over quota', 'mailbox_full'],
    [450, '4.7.1', 'Greylisted', 'greylisted'],
    [450, '4.1.1', 'User unknown in the directory, which is down; try later', 'temporary_failure'],
    [451, '4.2.1', 'Account temporarily closed for maintenance', 'temporary_failure'],
  ] as const)('is believed: %d %s %s', (code, enhanced, text, meaning) => {
    expect(meaningOf('rcpt', code, text, enhanced)).toBe(meaning);
  });

  it('but is not where it says nothing', () => {
    expect(meaningOf('rcpt', 550, 'Sorry', '5.1.1')).toBe('mailbox_not_found');
    expect(meaningOf('rcpt', 550, 'Sorry', '5.2.1')).toBe('mailbox_disabled');
    expect(meaningOf('rcpt', 550, 'Sorry', '5.2.2')).toBe('mailbox_full');
    expect(meaningOf('rcpt', 550, 'Sorry', '5.1.8')).toBe('sender_rejected');
    expect(meaningOf('rcpt', 450, 'Sorry')).toBe('temporary_failure');
    expect(meaningOf('rcpt', 550, 'Sorry')).toBe('ambiguous');
  });
});

describe('the languages servers answer in', () => {
  it.each([
    ['de', 'Dieser Benutzer ist unbekannt', 'Das Postfach ist voll', 'Ihre IP-Adresse ist gesperrt'],
    ['fr', "Le destinataire n'existe pas", 'La boite est pleine', 'Votre serveur est bloque'],
    ['es', 'El destinatario no existe', 'El buzon esta lleno', 'Su IP esta en una lista negra'],
    ['pt', 'O destinatario nao existe', 'A caixa postal esta cheia', 'Seu IP esta bloqueado'],
    ['it', 'Destinatario inesistente', 'La casella e piena', 'Il tuo IP e bloccato'],
    ['nl', 'Deze gebruiker bestaat niet', 'De mailbox is vol', 'Uw IP-adres is geblokkeerd'],
    ['pl', 'Odbiorca nie istnieje', 'Skrzynka jest przepelniona', 'Twoj adres IP jest zablokowany'],
    ['ru', 'Пользователь не существует', 'Почтовый ящик переполнен', 'Ваш IP заблокирован'],
    ['zh', '收件人不存在', '收件人邮箱已满', '您的IP在黑名单中'],
    ['ja', '受信者が存在しません', 'メールボックスがいっぱいです', 'お使いのIPはブラックリストにあります'],
  ])('%s', (_, unknown, full, blocked) => {
    expect([unknown, full, blocked].map((text) => meaningOf('rcpt', 550, text))).toEqual([
      'mailbox_not_found',
      'mailbox_full',
      'sender_blocked',
    ]);
  });
});

describe('what changes nothing', () => {
  const cases: readonly ReplyCase[] = Object.values(REPLY_CASES)
    .flat()
    .filter(([, code, , text]) => code >= 400 && text.split(' ').length >= 4);
  const mutations = fc.constantFrom<(text: string) => string>(
    (text) => text.toUpperCase(),
    (text) => text.replaceAll(' ', '  '),
    (text) => `${text.replace(/[.!\s]+$/, '')}.`,
    (text) => `${text.replace(/[.!\s]+$/, '')}!`,
    (text) => `${text.replace(/[.\s]+$/, '')}. [ticket 8f3a21c7]`,
    (text) => `${text.replace(/[.\s]+$/, '')}. See https://postmaster.example.com/help/4711`,
    (text) => `${text.replace(/[.\s]+$/, '')}. (mx1.example.net)`,
    (text) => `Error: ${text}`,
  );
  it('case, spaces, punctuation, a ticket, a link, a host behind it: the meaning stays', () => {
    fc.assert(
      fc.property(fc.constantFrom(...cases), mutations, ([stage, code, enhanced, text], mutate) => {
        expect(meaningOf(stage, code, mutate(text), enhanced)).toBe(meaningOf(stage, code, text, enhanced));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('the characters an expression can begin with', () => {
  it.each([
    ['users?', 'u'],
    ['(?:e-?mail |mail )?box', 'bem'],
    ['<?%a>?', '%<'],
    ['(?<!un)block|ban', 'b'],
    ['(?= )x', 'x'],
    ['[ab]c', 'ab'],
    ['a{0,1}b', 'ab'],
  ])('%s: %s', (source, letters) => {
    expect([...(firstLetters(source) ?? [])].sort().join('')).toBe(letters);
  });

  it('are any where anything may come first, or nothing', () => {
    expect(['\\w+', '.x', '[^a]', 'a?'].map(firstLetters)).toEqual([null, null, null, null]);
  });

  it('are told for each alternative', () => {
    expect(alternativesOf('a|(?:b|c)d|[|]e')).toEqual(['a', '(?:b|c)d', '[|]e']);
  });
});
