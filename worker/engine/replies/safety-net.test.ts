import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECIPIENT_MEANINGS, REPLY_MEANINGS, type ReplyMeaning } from '@/lib/verdict/evidence';
import { classifyReply } from './classify';
import { REPLY_CASES, TRAPS, type ReplyCase } from './reply-cases.data';

const ABOUT_RECIPIENT: ReadonlySet<ReplyMeaning> = new Set<ReplyMeaning>(RECIPIENT_MEANINGS);
const CASES: readonly ReplyCase[] = REPLY_MEANINGS.flatMap((meaning) => [
  ...(REPLY_CASES[meaning] ?? []),
  ...(TRAPS[meaning] ?? []),
]);
const REFUSALS = CASES.filter(([, code]) => code >= 400);
const BEFORE_RCPT = ['connect', 'helo', 'starttls', 'mail', 'rset', 'quit'] as const;

/** Words from every refusal in the tests, so that random texts speak about mailboxes as servers do. */
const WORDS = [...new Set(REFUSALS.flatMap(([, , , text]) => text.split(/\s+/)))].filter((word) => word !== '');

describe('a reply that came before RCPT', () => {
  it('is never about the mailbox, whatever its words', () => {
    const reply = fc.record({
      stage: fc.constantFrom(...BEFORE_RCPT),
      code: fc.oneof(fc.integer({ min: 400, max: 599 }), fc.constantFrom(450, 452, 550, 551, 552, 553, 554)),
      enhanced: fc.constantFrom(null, '5.1.1', '5.2.1', '5.2.2', '4.2.2', '5.1.2', '5.7.1'),
      text: fc.array(fc.constantFrom(...WORDS), { maxLength: 14 }).map((words) => words.join(' ')),
      provider: fc.constant(null),
    });
    fc.assert(
      fc.property(reply, (question) => {
        expect(ABOUT_RECIPIENT.has(classifyReply(question).meaning)).toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('a refusal at RCPT that only sounds like one about the mailbox', () => {
  it.each([
    'Your server is not found in DNS',
    'User authentication failed: unknown user or password',
    'Our directory could not be read, later please',
    'Error while reading the alias table',
    'Connection terminated by the filter process',
    'Command too long for this system',
    'Header lines too long',
    'Not supported here',
    'SASL user not found',
    'login failed, no such user',
    'Relay user unknown',
    'You are an unknown user',
    'The IP address you are using does not exist in our database',
    'Invalid user agent',
    'unknown user in certificate',
    'user has not been found: the directory is down',
    'User lookup timed out',
    'mailbox temporarily locked by another process',
    'recipient disabled for external senders',
    'Connection closed due to inactivity',
    'You have not logged in for sending',
    'too many unknown users',
    'Ihre IP-Adresse ist unbekannt',
    'Absenderadresse existiert nicht',
    'Zu viele unbekannte Empfänger von Ihrem Server',
    'Ihr Konto ist gesperrt',
    'Quota des Absenders überschritten',
    "Adresse de l'expéditeur inconnue",
    'Trop de destinataires inconnus',
    "Votre compte d'envoi est désactivé",
    'Indirizzo mittente inesistente',
    'Troppi destinatari inesistenti',
    'Il tuo account è sospeso',
    'La dirección del remitente no existe',
    'Su cuenta ha sido bloqueada',
    'Endereço do remetente não existe',
    'Sua conta está bloqueada',
    'Adres nadawcy nie istnieje',
    'Twoje konto jest zablokowane',
    'Адрес отправителя не существует',
    'Ваш IP-адрес не найден',
    'Слишком много несуществующих получателей',
    'Adres afzender bestaat niet',
    'Adresa odesílatele neexistuje',
    'Gönderen adresi bulunamadı',
    '发件人地址不存在',
    '登录用户不存在',
    '您的帐号已被停用',
    '送信者のアドレスが存在しません',
  ])('is not about the mailbox: %s', (text) => {
    for (const enhanced of [null, '5.1.1', '5.1.2', '5.2.0', '5.2.1', '5.2.2', '5.7.1']) {
      const { meaning } = classifyReply({ stage: 'rcpt', code: 550, enhanced, text, provider: null });
      expect(ABOUT_RECIPIENT.has(meaning) ? `${String(enhanced)}: ${meaning}` : '').toBe('');
    }
  });
});

describe('a name inside a reply', () => {
  const TELLING = [
    'blocked',
    'nosuchuser',
    'user.unknown',
    'mailbox-full',
    'over-quota',
    'greylisted',
    'relay-denied',
    'spam',
    'disabled',
    'does-not-exist',
    'dynamic',
    'sender.rejected',
  ];
  const names = fc
    .constantFrom(...TELLING)
    .chain((word) =>
      fc.constantFrom(
        [`<${word}@example.com>`, '<info@example.com>'],
        [`${word}@${word}.example.net`, 'info@mx.example.net'],
        [`${word}.example`, 'mx.example'],
        [`mx1.${word}.example.org`, 'mx1.host.example.org'],
        [`[${word}.example.com]`, '[mx.example.com]'],
      ),
    );
  const addresses = fc.tuple(fc.ipV4(), fc.constant('192.0.2.7'));

  it.each([
    ['an address or a host', names],
    ['an IP address', addresses],
  ] as const)('is read like any other name, wherever it is and whatever words it contains: %s', (_, pairs) => {
    fc.assert(
      fc.property(fc.constantFrom(...CASES), pairs, fc.nat(), ([stage, code, enhanced, text], [telling, plain], at) => {
        const words = text.split(' ');
        const place = at % (words.length + 1);
        const withName = (name = '') =>
          classifyReply({ stage, code, enhanced, provider: null, text: words.toSpliced(place, 0, name).join(' ') });
        expect(withName(telling)).toEqual(withName(plain));
      }),
      { numRuns: 3_000 },
    );
  });

  /** Replies whose meaning changes if a name is appended. Replies under `leastWords` are left out, since they are read as a whole. */
  const changedBy = (name: string, leastWords: number) =>
    REFUSALS.filter(([, , , text]) => text.split(' ').length >= leastWords).flatMap(([stage, code, enhanced, text]) => {
      const meaningOf = (said: string) => classifyReply({ stage, code, enhanced, provider: null, text: said }).meaning;
      const [before, after] = [meaningOf(text), meaningOf(`${text.replace(/[.\s]*$/, '')}. (${name})`)];
      return before === after ? [] : [{ before, after, text }];
    });

  it.each(['blocked@example.com', 'nosuchuser.example.net', 'mailbox-full.example.org', 'spam.example'])(
    'after a reply changes no meaning: %s',
    (name) => {
      expect(changedBy(name, 4)).toEqual([]);
    },
  );

  it('that is an IP address after a reply never makes it about the mailbox', () => {
    expect(changedBy('192.0.2.99', 0).filter(({ after }) => ABOUT_RECIPIENT.has(after))).toEqual([]);
  });
});

describe('a mailbox’s properties, said about us or about a machine', () => {
  const ours = [
    'your address',
    'the sender',
    'the sending domain',
    'your mail server',
    'the HELO name',
    'your reverse DNS',
    'the return path',
    'your account',
    'the originating user',
    'the from address',
    'the client',
    'your hostname',
    'the mailbox of the sender',
    "the sender's account",
    'the user you send from',
    'the account you are using',
    'sender <check@example.org>',
    'the sending mailbox',
    'the reply address',
    'the remote host',
    'your user name',
  ];
  const states = [
    'is unknown',
    'does not exist',
    'was not found',
    'is not valid',
    'is disabled',
    'has been suspended',
    'is not registered',
    'cannot be found',
    'has been closed',
    'is not local',
    'is not listed here',
    'was deleted',
    'is locked',
    'has expired',
    "isn't known to us",
    'is not hosted here',
    'is full',
    'is blocked',
  ];
  const machines = [
    'the user database',
    'the mailbox server',
    'the mailbox store',
    'the server of this mailbox',
    'the mail store for this user',
    'our recipient database',
    'the user directory',
    'the address check',
    'the account database',
  ];
  const troubles = [
    'is unavailable',
    'is down',
    'cannot be reached',
    'timed out',
    'is not responding',
    'failed',
    'could not be opened',
    'is busy',
    'is offline',
    'has crashed',
    'is being rebuilt',
    'is locked',
    'is disabled for maintenance',
  ];
  const frames = ['%s', '<user@example.com>: %s', 'Recipient rejected because %s', 'Message refused, %s'];
  it.each([
    ['us', ours, states],
    ['a machine', machines, troubles],
  ] as const)('is never read as about the mailbox: %s', (_, subjects, predicates) => {
    const said = subjects.flatMap((subject) =>
      predicates.flatMap((predicate) => frames.map((frame) => frame.replace('%s', `${subject} ${predicate}`))),
    );
    const taken = said.flatMap((text) =>
      (
        [
          [550, null],
          [550, '5.1.1'],
          [451, null],
        ] as const
      ).flatMap(([code, enhanced]) => {
        const { meaning } = classifyReply({ stage: 'rcpt', code, enhanced, text, provider: null });
        return ABOUT_RECIPIENT.has(meaning) ? [`${String(code)} ${text}: ${meaning}`] : [];
      }),
    );
    expect(taken).toEqual([]);
  });
});
