// One SMTP session of a sandbox host. It keeps the order of commands, the envelope and the mailboxes as a well-behaved server does (RFC
// 5321), except where the script departs from that. It knows no sockets: a line goes in, an answer comes out. It never accepts a message:
// DATA and BDAT are refused in every state.
import { hangUp, say, type Answer, type Voice } from './mail-host';
import type { MailCommand, SmtpScript } from './smtp-script';

export interface SessionOptions {
  script: SmtpScript;
  /** The host's own name, and the domain that it accepts mail for. */
  host: string;
  domain: string;
  client: string;
  /** Called with each command's verb in upper case. */
  onCommand?(verb: string): void;
}

interface State {
  commands: number;
  hasGreeted: boolean;
  isTls: boolean;
  sender: string | null;
  isUtf8: boolean;
  accepted: number;
}

/** Postfix's default (smtpd_recipient_limit). */
const RECIPIENTS_MAX = 1_000;
const COMMANDS_MAX = 10_000;

const SILENT = say('');
const OUT_OF_ORDER = say('503 5.5.1 Error: send HELO/EHLO first');
const PATH = /^\s*<((?:"(?:[^"\\]|\\.)*"|[^"<>])*)>(.*)$/u;

export function createSmtpSession(options: SessionOptions): Voice {
  const { script, host } = options;
  const state: State = { commands: 0, hasGreeted: false, isTls: false, sender: null, isUtf8: false, accepted: 0 };
  return {
    open: () => (script.opening === null ? SILENT : (script.opening ?? say(script.mta.greeting(host)))),
    answer: (line) => {
      state.commands += 1;
      if (line === null || state.commands > COMMANDS_MAX) return hangUp(`421 4.7.0 ${host} Error: too many errors`);
      options.onCommand?.((/^\S*/.exec(line)?.[0] ?? '').toUpperCase());
      if (script.opening === null) return SILENT;
      return script.toAnything ?? dispatch(line, state, options);
    },
    secured: () => {
      state.hasGreeted = false;
      state.isTls = true;
      resetEnvelope(state);
    },
  };
}

function dispatch(line: string, state: State, options: SessionOptions): Answer {
  const [, verb = '', rest = ''] = /^(\S*)\s*(.*)$/su.exec(line) ?? [];
  const { mta } = options.script;
  switch (verb.toUpperCase()) {
    case 'EHLO':
      return onEhlo(rest, state, options);
    case 'HELO':
      state.hasGreeted = true;
      resetEnvelope(state);
      return say(`250 ${mta.hello(options.host, rest)}`);
    case 'STARTTLS':
      return onStartTls(state, options);
    case 'MAIL':
      return onMail(rest, state, options);
    case 'RCPT':
      return onRcpt(rest, state, options);
    case 'RSET':
      resetEnvelope(state);
      return say(mta.reset);
    case 'NOOP':
      return say(mta.reset);
    case 'QUIT':
      return hangUp(mta.bye(options.host));
    case 'DATA':
    case 'BDAT':
      return say(mta.noData);
    default:
      return say(mta.unknownCommand);
  }
}

function onEhlo(client: string, state: State, { script, host }: SessionOptions): Answer {
  if (script.ehlo !== undefined) return script.ehlo;
  state.hasGreeted = true;
  resetEnvelope(state);
  const offered = [...script.mta.extensions, ...(script.extensions ?? [])].filter(
    (keyword) => keyword !== 'STARTTLS' || !state.isTls,
  );
  const lines = [script.mta.hello(host, client), ...offered];
  return say(lines.map((line, i) => `250${i === lines.length - 1 ? ' ' : '-'}${line}`).join('\r\n'));
}

function onStartTls(state: State, { script }: SessionOptions): Answer {
  if (script.extensions?.includes('STARTTLS') !== true || state.isTls) return say(script.mta.unknownCommand);
  return { say: '220 2.0.0 Ready to start TLS', then: 'start_tls' };
}

function onMail(rest: string, state: State, options: SessionOptions): Answer {
  if (!state.hasGreeted) return OUT_OF_ORDER;
  if (state.sender !== null) return say('503 5.5.1 Error: nested MAIL command');
  const path = PATH.exec(rest.replace(/^FROM:/i, ''));
  const sender = path?.[1];
  if (!/^FROM:/i.test(rest) || sender === undefined) return say('501 5.5.4 Syntax: MAIL FROM:<address>');
  const wantsUtf8 = /(?:^|\s)SMTPUTF8(?:\s|$)/i.test(path?.[2] ?? '');
  if (wantsUtf8 && !offersUtf8(options.script)) return say('555 5.5.4 Unsupported option: SMTPUTF8');
  const refusal = options.script.mail?.(mailCommand(sender, state, options)) ?? null;
  if (refusal !== null) return refusal;
  state.sender = sender;
  state.isUtf8 = wantsUtf8;
  return say(options.script.mta.senderOk(sender));
}

function onRcpt(rest: string, state: State, options: SessionOptions): Answer {
  if (state.sender === null) return say('503 5.5.1 Error: need MAIL command');
  const recipient = /^TO:/i.test(rest) ? PATH.exec(rest.slice('TO:'.length))?.[1] : undefined;
  const mailbox = recipient === undefined ? null : mailboxOf(recipient);
  if (recipient === undefined || mailbox === null) return say('501 5.1.3 Bad recipient address syntax');
  if (/[^\x20-\x7e]/.test(recipient) && !state.isUtf8) return say('553 5.6.7 Must declare SMTPUTF8 to send unicode address');
  const { script } = options;
  if (mailbox.domain !== options.domain) return say(script.mta.relayDenied(recipient));
  if (state.accepted >= RECIPIENTS_MAX) return say('452 4.5.3 Error: too many recipients');
  const { localPart } = mailbox;
  const scripted = script.rcpt?.({
    ...mailCommand(state.sender, state, options),
    recipient,
    localPart,
    accepted: state.accepted,
  });
  const exists = script.mailboxes === 'every' || script.mailboxes.includes(localPart);
  const answer = scripted ?? say(exists ? script.mta.recipientOk(recipient) : script.mta.unknownUser(recipient));
  if (answer.say.startsWith('25')) state.accepted += 1;
  return answer;
}

const offersUtf8 = (script: SmtpScript): boolean => script.extensions?.includes('SMTPUTF8') === true;

const mailCommand = (sender: string, state: State, { client, host }: SessionOptions): MailCommand => ({
  sender,
  client,
  host,
  isTls: state.isTls,
});

function mailboxOf(recipient: string): { localPart: string; domain: string } | null {
  const at = recipient.lastIndexOf('@');
  if (at < 1) return null;
  const written = recipient.slice(0, at);
  const unquoted = written.startsWith('"') ? written.slice(1, -1).replace(/\\(.)/gu, '$1') : written;
  return { localPart: unquoted.normalize('NFC').toLowerCase(), domain: recipient.slice(at + 1).toLowerCase() };
}

function resetEnvelope(state: State): void {
  state.sender = null;
  state.isUtf8 = false;
  state.accepted = 0;
}
