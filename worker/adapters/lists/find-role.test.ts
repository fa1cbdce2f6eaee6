import { describe, expect, it } from 'vitest';
import { isNoReply, isRole } from './create-lists';

const words = (text: string): string[] => text.trim().split(/\s+/);

describe('a role name', () => {
  it.each(
    words(
      `
      info INFO Info2 sales3 user students test office.2 sales support admin postmaster abuse webmaster hostmaster noc security billing office hr jobs press team
      kontakt buchhaltung bewerbung rechnung comptabilite recrutement ventas contabilidad amministrazione segreteria verkoop
      klantenservice biuro ksiegowosc atendimento financeiro forsaljning kundeservice objednavky
      info+spring sales-eu sales.uk support_us info.de customer-service customer.service human_resources mailer-daemon
      no-reply no.reply noreply donotreply do-not-reply
      bauleitung fuhrpark scolarite evenementiel rrhh mesadepartes commercialista ufficioacquisti juntadefreguesia parcerias zamowieniapubliczne drukarnia
      meldpunt secretaresse ugyfelszolg megrendelesek musterihizmetleri satinalma otdelprodazh glavbuh kirjaamo rekrytointi bogholderi regnskapsavd tajnistvo
      toiawase soumu kefu zhaopin cskh layananpelanggan инфо бухгалтерия 客服 お問い合わせ 문의 Инфо
    `,
    ),
  )('is seen: %s', (localPart) => {
    expect(isRole(localPart)).toBe(true);
  });

  it.each(
    words(`
      john jane.doe j.smith mary-anne accountant.jane press.ley info.tech.john hello.kitty.fan nora.reply infanta salesman.bob
      newman legrand marketta staffan ceola maila j.ap hr4 ap7 sales.john mark bill frank may.june schade kinder kitchen music villa tanya camara user17 user.17 student1042 test-3 member_9 "john.info"
    `),
  )('is never found in a person’s name: %s', (localPart) => {
    expect(isRole(localPart)).toBe(false);
  });
});

describe('a name that nobody reads', () => {
  it.each(
    words(
      'noreply no-reply no_reply no.reply noreply2 no-reply-billing donotreply do-not-reply bounce.12345 ne-pas-repondre mailer-daemon NoReply+x',
    ),
  )('is seen: %s', (localPart) => {
    expect(isNoReply(localPart)).toBe(true);
  });

  it.each(words('reply nora.reply noreplyson info replies-here no reply.no'))('is not: %s', (localPart) => {
    expect(isNoReply(localPart)).toBe(false);
  });
});
