import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyReply } from './classify';
import { REPLY_CASES, type ReplyCase } from './reply-cases.data';
import type { ClassifierStage } from './rule';

const meaningOf = (stage: ClassifierStage, code: number, text: string, enhanced: string | null = null) =>
  classifyReply({ stage, code, enhanced, text, provider: null }).meaning;

describe('a new sentence made of known words', () => {
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

describe('whom a refusal is about', () => {
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

describe('whom a reply is about, by its grammar', () => {
  it.each([
    ['who refuses is not who is refused', 'policy_other', 'Message blocked by the recipient'],
    ['who refuses is not who is refused', 'policy_other', 'Rejected by user'],
    ['who refuses is not who is refused', 'policy_other', '5.7.1 Mensaje bloqueado por las reglas del destinatario'],
    ['who refuses is not who is refused', 'policy_other', '5.7.1 Refused by the destination domain'],
    ['a rule that refuses us is the reason', 'sender_rejected', 'The sending host is not authorised by the SPF record'],
    ['a quota is of whom it belongs to', 'rate_limited', 'Your connection quota is used up'],
    ['a quota is of whom it belongs to', 'mailbox_full', 'The quota of this mailbox is used up'],
    ['who may not write to somebody is not blocked', 'policy_other', 'You are not allowed to send mail to this group'],
    ['a host that may not write is', 'sender_blocked', 'Your IP 192.0.2.7 is not allowed to send mail to us'],
    ['but closing is not refusing', 'mailbox_disabled', 'This mailbox was closed by the user'],
    ['a cause says more than what was refused', 'sender_rejected', '5.7.1 Your message was rejected due to the DMARC policy'],
    [
      'a cause says more than what was refused',
      'sender_blocked',
      '5.7.1 Message refused because of the low reputation of your IP',
    ],
    ['a cause says more than what was refused', 'mailbox_disabled', 'Mail refused because this account has been closed'],
    ['whose an address is counts', 'sender_rejected', 'Nieprawidłowy adres nadawcy'],
    ['whose an address is counts', 'sender_rejected', 'No existe el dominio del remitente'],
    ['whose an address is counts', 'mailbox_not_found', 'Nieprawidłowy adres odbiorcy'],
    ['names that should be one are ours', 'sender_rejected', 'The domain example.org does not match your IP'],
    ['names that should be one are ours', 'sender_rejected', 'HELO mx.example.net is inconsistent with your host name'],
    ['of several things the one that cannot be undone', 'mailbox_not_found', 'The user is unknown, or the mailbox is full'],
    ['of several things the one that cannot be undone', 'mailbox_not_found', 'Mailbox disabled or user not found'],
    ['a helper is not the recipient', 'policy_other', '5.7.1 Spam was found. Send error reports to admin@example.com'],
    ['a link says nothing of mailboxes', 'policy_other', '5.7.1 Spam was found, see https://mx.example.com/mailbox/unknown'],
    ['a list that is out of order says nothing of us', 'temporary_failure', 'DNSBL lookup failed'],
  ] as const)('%s: %s for "%s"', (_, meaning, text) => {
    expect(meaningOf('rcpt', 550, text)).toBe(meaning);
  });

  it('a command out of order is about the dialogue, whomever it names', () => {
    for (const text of ['RCPT TO without MAIL FROM', 'No sender given yet', 'Sender already specified'])
      expect(meaningOf('rcpt', 503, text)).toBe('policy_other');
    expect(meaningOf('rcpt', 503, 'You must authenticate before sending to other domains')).toBe('relay_denied');
  });

  it('a host that takes no mail at all is about the domain, but not if it denies access', () => {
    expect(meaningOf('rcpt', 521, 'Machine does not accept mail')).toBe('domain_not_hosted');
    expect(meaningOf('rcpt', 521, 'Access denied')).toBe('policy_other');
  });

  it('a sender whose lookup fails temporarily is not refused', () => {
    expect(meaningOf('mail', 451, 'Unable to verify sender domain at the moment', '4.3.0')).toBe('temporary_failure');
    expect(meaningOf('mail', 450, 'Sender domain does not exist', '4.1.8')).toBe('sender_rejected');
  });

  it('a mailbox with a temporary problem is not a missing mailbox', () => {
    for (const text of ['Mailbox has an invalid format', 'The mailbox is being moved', 'The mailbox is corrupt'])
      expect(meaningOf('rcpt', 451, text, '4.2.0')).toBe('temporary_failure');
  });
});

describe('a text that contradicts its status and code', () => {
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
  ] as const)('is believed over them: %d %s %s', (code, enhanced, text, meaning) => {
    expect(meaningOf('rcpt', code, text, enhanced)).toBe(meaning);
  });

  it('is not believed over them if it says nothing', () => {
    expect(meaningOf('rcpt', 550, 'Sorry', '5.1.1')).toBe('mailbox_not_found');
    expect(meaningOf('rcpt', 550, 'Sorry', '5.2.1')).toBe('mailbox_disabled');
    expect(meaningOf('rcpt', 550, 'Sorry', '5.2.2')).toBe('mailbox_full');
    expect(meaningOf('rcpt', 550, 'Sorry', '5.1.8')).toBe('sender_rejected');
    expect(meaningOf('rcpt', 550, 'Sorry', '5.7.1')).toBe('policy_other');
    expect(meaningOf('rcpt', 550, 'Sorry', '5.6.0')).toBe('policy_other');
    expect(meaningOf('rcpt', 450, 'Sorry')).toBe('temporary_failure');
    expect(meaningOf('rcpt', 550, 'Sorry')).toBe('ambiguous');
  });
});

describe('the languages of replies', () => {
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

describe('the languages of refusals about us and of deferrals', () => {
  const said = {
    mailbox_disabled: [
      'Das Postfach wurde deaktiviert',
      'Le compte est suspendu',
      'La cuenta está deshabilitada',
      'A conta está suspensa',
      'La casella è stata disattivata',
      'De mailbox is opgeheven',
      'Konto jest nieaktywne',
      'Почтовый ящик отключен',
      'Účet je deaktivován',
      'Hesap askıya alındı',
      'Kontot är avstängt',
      '该邮箱已停用',
      'アカウントは停止中です',
      '휴면 계정입니다',
    ],
    temporary_failure: [
      'Vorübergehender Fehler, bitte später erneut versuchen',
      'Erreur temporaire, réessayez plus tard',
      'Error temporal, intente más tarde',
      'Erro temporário, tente novamente mais tarde',
      'Errore temporaneo, riprovare più tardi',
      'Tijdelijke fout, probeer later opnieuw',
      'Błąd tymczasowy, spróbuj później',
      'Временная ошибка, попробуйте позже',
      'Dočasná chyba, zkuste to později',
      'Geçici hata, daha sonra tekrar deneyin',
      '系统繁忙，请稍后再试',
      '一時的なエラーです。しばらくしてから再送してください',
      '일시적인 오류입니다. 잠시 후 다시 시도하십시오',
    ],
    sender_rejected: [
      'Die Absenderadresse existiert nicht',
      "Adresse de l'expéditeur inconnue",
      'El dominio del remitente no existe',
      'Remetente inválido',
      'Mittente non valido',
      'Afzender onbekend',
      'Nieprawidłowy adres nadawcy',
      'Домен отправителя не найден',
      'Odesilatel neexistuje',
      'Gönderen adresi geçersiz',
      'Avsändaren finns inte',
      '发件人地址无效',
      '送信者のドメインが存在しません',
      '발신자 주소가 잘못되었습니다',
    ],
    relay_denied: [
      'Weiterleitung nicht erlaubt',
      'Relais refusé',
      'Reenvío no permitido',
      'Retransmissão não permitida',
      'Relay non consentito',
      'Relayen niet toegestaan',
      'Пересылка запрещена',
      '拒绝转发',
      '中継は拒否されました',
      '릴레이 거부',
    ],
    rate_limited: [
      'Zu viele Verbindungen',
      'Trop de messages',
      'Demasiados destinatarios',
      'Muitas conexões',
      'Troppi messaggi',
      'Te veel verbindingen',
      'Zbyt wiele połączeń',
      'Слишком много сообщений',
      'Příliš mnoho spojení',
      'Çok fazla bağlantı',
      'För många anslutningar',
      '连接过于频繁',
      '接続数が多すぎます',
      '연결이 너무 많습니다',
    ],
    policy_other: [
      'Die Nachricht wurde durch eine Richtlinie abgelehnt',
      'Le destinataire n’accepte pas les messages externes',
      'Mensaje rechazado por política',
      'Mensagem rejeitada pela política',
      'Messaggio rifiutato dalla politica',
      'Bericht geweigerd door beleid',
      'Wiadomość odrzucona zgodnie z zasadami',
      'Письмо отклонено политикой',
      '邮件被策略拒绝',
    ],
  } as const;
  const rows = Object.entries(said).flatMap(([meaning, texts]) => texts.map((text) => [meaning, text] as const));
  it.each(rows)('%s: %s', (meaning, text) => {
    const isForNow = meaning === 'temporary_failure' || meaning === 'rate_limited';
    expect(meaningOf('rcpt', isForNow ? 450 : 550, text)).toBe(meaning);
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
    (text) => `${text.replace(/[.\s]+$/, '')}. Please contact postmaster@example.com`,
  );
  it('case, spaces, punctuation, a ticket, a link or a host after it keep the meaning', () => {
    fc.assert(
      fc.property(fc.constantFrom(...cases), mutations, ([stage, code, enhanced, text], mutate) => {
        expect(meaningOf(stage, code, mutate(text), enhanced)).toBe(meaningOf(stage, code, text, enhanced));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('what is said about every refusal', () => {
  const courtesies = [
    'If you believe that this is an error, please contact your administrator',
    'If you feel this message to be in error, call your provider',
    'If this is a mistake, call +49 30 1234567',
    'This is a permanent error',
    'Transaction failed',
    'Error 550',
    'Error code: AB-1234',
    'Your message was not delivered',
    'Message could not be delivered to the recipient',
    'Delivery to the following recipient failed permanently',
    'I am not going to try again',
    'Please check the address and try again',
    'Please correct the problem and send your message again',
    'Please include the full text of this error in your report to our support',
    'Contact the recipient by other means',
    'Please use another way to reach this person',
    'Contact your system administrator if the problem persists',
    'See our policy at https://example.com/policy',
    'Do not reply to this message',
    'Please try another address',
    'Help: https://example.com/blocked-mail',
  ];
  const cases: readonly ReplyCase[] = Object.values(REPLY_CASES)
    .flat()
    .filter(([, code, , text]) => code >= 400 && text.split(' ').length >= 5);
  it.each(courtesies)('says nothing about this one: %s', (courtesy) => {
    const moved = cases.flatMap(([stage, code, enhanced, text]) => {
      const [alone, behind] = [text, `${text.replace(/[.\s]+$/, '')}. ${courtesy}.`].map((said) =>
        meaningOf(stage, code, said, enhanced),
      );
      return alone === behind ? [] : [`${String(alone)} → ${String(behind)}: ${text}`];
    });
    expect(moved).toEqual([]);
  });
});

describe('what comes before the reason', () => {
  const reasons = [
    [550, 'The mailbox is not known here', 'mailbox_not_found'],
    [550, 'This account has been suspended', 'mailbox_disabled'],
    [552, 'The mailbox is full', 'mailbox_full'],
    [550, 'Your IP is on a blacklist', 'sender_blocked'],
    [550, 'SPF check failed', 'sender_rejected'],
    [451, 'Our database is down', 'temporary_failure'],
    [450, 'Too many connections', 'rate_limited'],
    [550, 'Relaying is forbidden', 'relay_denied'],
  ] as const;
  it.each([
    'Message rejected: ',
    'Mail refused - ',
    'Delivery failed: ',
    'Denied: ',
    'SMTP error: ',
    'mx1.example.com ',
    'mx1.example.com: ',
  ])('says only that there is one: "%s"', (announcement) => {
    expect(reasons.map(([code, reason]) => meaningOf('rcpt', code, announcement + reason))).toEqual(
      reasons.map(([, , meaning]) => meaning),
    );
  });

  it('is all there is if no reason follows', () => {
    expect(meaningOf('rcpt', 550, 'Message rejected: 5f3a77')).toBe('policy_other');
    expect(meaningOf('rcpt', 550, 'example.com is not known here')).toBe('domain_not_hosted');
  });
});
