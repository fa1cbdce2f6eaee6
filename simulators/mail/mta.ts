// The replies of real mail servers, one table row for each product, so that the sandbox answers as real hosts do. The text is what those
// servers send (host names and addresses filled in). No reply is invented: if no server gives it, it is not here.

export interface Mta {
  greeting(host: string): string;
  /** Text of the first line after EHLO or HELO. */
  hello(host: string, client: string): string;
  /** EHLO keywords. A server that offers none is sent one command at a time. */
  extensions: readonly string[];
  senderOk(sender: string): string;
  recipientOk(recipient: string): string;
  unknownUser(recipient: string): string;
  relayDenied(recipient: string): string;
  reset: string;
  bye(host: string): string;
  /** The reply to DATA, which is always refused: no message is ever accepted here. */
  noData: string;
  unknownCommand: string;
}

const STAMP = 'Mon, 23 Nov 2026 09:30:00 +0000';

export const POSTFIX: Mta = {
  greeting: (host) => `220 ${host} ESMTP Postfix (Debian/GNU)`,
  hello: (host) => host,
  extensions: ['PIPELINING', 'SIZE 10240000', 'ENHANCEDSTATUSCODES', '8BITMIME', 'DSN'],
  senderOk: () => '250 2.1.0 Ok',
  recipientOk: () => '250 2.1.5 Ok',
  unknownUser: (recipient) => `550 5.1.1 <${recipient}>: Recipient address rejected: User unknown in virtual mailbox table`,
  relayDenied: (recipient) => `554 5.7.1 <${recipient}>: Relay access denied`,
  reset: '250 2.0.0 Ok',
  bye: () => '221 2.0.0 Bye',
  noData: '554 5.5.1 Error: no valid recipients',
  unknownCommand: '502 5.5.2 Error: command not recognized',
};

export const EXIM: Mta = {
  greeting: (host) => `220 ${host} ESMTP Exim 4.96 ${STAMP}`,
  hello: (host, client) => `${host} Hello ${client} [127.0.0.1]`,
  extensions: ['SIZE 52428800', '8BITMIME', 'PIPELINING', 'HELP'],
  senderOk: () => '250 OK',
  recipientOk: () => '250 Accepted',
  unknownUser: () => '550 No Such User Here',
  relayDenied: () => '550 relay not permitted',
  reset: '250 Reset OK',
  bye: (host) => `221 ${host} closing connection`,
  noData: '503 Valid RCPT command must precede DATA',
  unknownCommand: '500 unrecognized command',
};

export const EXCHANGE: Mta = {
  greeting: (host) => `220 ${host} Microsoft ESMTP MAIL Service ready at ${STAMP}`,
  hello: (host) => `${host} Hello [127.0.0.1]`,
  extensions: ['SIZE 37748736', 'PIPELINING', 'DSN', 'ENHANCEDSTATUSCODES', '8BITMIME'],
  senderOk: () => '250 2.1.0 Sender OK',
  recipientOk: () => '250 2.1.5 Recipient OK',
  unknownUser: () => '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
  relayDenied: () => '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain',
  reset: '250 2.0.0 Resetting',
  bye: () => '221 2.0.0 Service closing transmission channel',
  noData: '503 5.5.2 Need rcpt command',
  unknownCommand: '500 5.3.3 Unrecognized command',
};

export const SENDMAIL: Mta = {
  greeting: (host) => `220 ${host} ESMTP Sendmail 8.17.1/8.17.1; ${STAMP}`,
  hello: (host, client) => `${host} Hello ${client} [127.0.0.1], pleased to meet you`,
  extensions: ['ENHANCEDSTATUSCODES', 'PIPELINING', '8BITMIME', 'SIZE', 'DSN'],
  senderOk: (sender) => `250 2.1.0 <${sender}>... Sender ok`,
  recipientOk: (recipient) => `250 2.1.5 <${recipient}>... Recipient ok`,
  unknownUser: (recipient) => `550 5.1.1 <${recipient}>... User unknown`,
  relayDenied: (recipient) => `550 5.7.1 <${recipient}>... Relaying denied`,
  reset: '250 2.0.0 Reset state',
  bye: (host) => `221 2.0.0 ${host} closing connection`,
  noData: '503 5.0.0 Need RCPT (recipient)',
  unknownCommand: '500 5.5.1 Command unrecognized',
};

export const OPENSMTPD: Mta = {
  greeting: (host) => `220 ${host} ESMTP OpenSMTPD`,
  hello: (host, client) => `${host} Hello ${client} [127.0.0.1], pleased to meet you`,
  extensions: ['8BITMIME', 'ENHANCEDSTATUSCODES', 'SIZE 36700160', 'DSN', 'PIPELINING'],
  senderOk: () => '250 2.0.0 Ok',
  recipientOk: () => '250 2.1.5 Destination address valid: Recipient ok',
  unknownUser: (recipient) => `550 Invalid recipient: <${recipient}>`,
  relayDenied: (recipient) => `550 Invalid recipient: <${recipient}>`,
  reset: '250 2.0.0 Reset state',
  bye: () => '221 2.0.0 Bye',
  noData: '503 5.5.1 Invalid command: Command not allowed at this point.',
  unknownCommand: '500 5.5.1 Invalid command: Command unrecognized',
};

export const QMAIL: Mta = {
  greeting: (host) => `220 ${host} ESMTP`,
  hello: (host) => host,
  extensions: [],
  senderOk: () => '250 ok',
  recipientOk: () => '250 ok',
  unknownUser: () => '550 sorry, no mailbox here by that name (#5.1.1)',
  relayDenied: () => "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
  reset: '250 flushed',
  bye: (host) => `221 ${host}`,
  noData: '503 RCPT first (#5.5.1)',
  unknownCommand: '502 unimplemented (#5.5.1)',
};

/** The refusals of Gmail's hosts under our own greeting, so that nobody mistakes the sandbox for Google. */
export const GMAIL_WORDS: Mta = {
  greeting: (host) => `220 ${host} ESMTP ready`,
  hello: (host) => `${host} at your service`,
  extensions: ['SIZE 157286400', '8BITMIME', 'ENHANCEDSTATUSCODES', 'PIPELINING'],
  senderOk: () => '250 2.1.0 OK d2e1a72fcca58-6f4b3c si1417311b3a - gsmtp',
  recipientOk: () => '250 2.1.5 OK d2e1a72fcca58-6f4b3c si1417311b3a - gsmtp',
  unknownUser: () =>
    [
      '550-5.1.1 The email account that you tried to reach does not exist. Please try',
      "550-5.1.1 double-checking the recipient's email address for typos or",
      '550-5.1.1 unnecessary spaces. For more information, go to',
      '550 5.1.1  https://support.google.com/mail/?p=NoSuchUser d2e1a72fcca58-6f4b3c si1417311b3a - gsmtp',
    ].join('\r\n'),
  relayDenied: () => '550 5.7.1 Relaying denied',
  reset: '250 2.1.5 Flushed',
  bye: () => '221 2.0.0 closing connection',
  noData: '503 5.5.1 RCPT first.',
  unknownCommand: '502 5.5.1 Unrecognized command.',
};

/** Yahoo accepts every recipient and bounces after DATA. An engine can recognize it by its greeting. */
export const YAHOO: Mta = {
  greeting: () => '220 mtaproxy511.free.mail.ne1.yahoo.com ESMTP ready',
  hello: () => 'mtaproxy511.free.mail.ne1.yahoo.com',
  extensions: ['PIPELINING', 'SIZE 41943040', '8BITMIME'],
  senderOk: (sender) => `250 sender <${sender}> ok`,
  recipientOk: (recipient) => `250 recipient <${recipient}> ok`,
  unknownUser: (recipient) => `250 recipient <${recipient}> ok`,
  relayDenied: () => '550 relaying denied',
  reset: '250 reset',
  bye: () => '221 mtaproxy511.free.mail.ne1.yahoo.com',
  noData: '503 RCPT first',
  unknownCommand: '500 unrecognized command',
};
