// Every command that this product can send, and its bytes. The union is closed: there is no DATA, BDAT, VRFY, EXPN or AUTH to send. As the
// last gate before the wire, this rejects an argument that contains CR, LF, NUL or another control character, or that would close its
// brackets early. Such an argument is the caller's bug and throws.

export type Command =
  | { verb: 'EHLO' | 'HELO'; name: string }
  | { verb: 'STARTTLS' | 'RSET' | 'NOOP' | 'QUIT' }
  | { verb: 'MAIL'; from: string; smtpUtf8: boolean }
  | { verb: 'RCPT'; to: string };

export const COMMAND_VERBS = [
  'EHLO',
  'HELO',
  'STARTTLS',
  'MAIL',
  'RCPT',
  'RSET',
  'NOOP',
  'QUIT',
] as const satisfies readonly Command['verb'][];
const CONTROL = /[\x00-\x1f\x7f]/;
const HELO_NAME = /^[^\s<>]+$/;
/** A path: quoted pairs and quoted strings may contain brackets and spaces; anything else may not. */
const PATH = /^(?:"(?:[^"\\]|\\.)*"|[^\s<>"\\])*$/;

export const isSendablePath = (path: string): boolean => !CONTROL.test(path) && PATH.test(path);

const guard = (argument: string, shape: RegExp): string => {
  if (CONTROL.test(argument) || !shape.test(argument))
    throw new RangeError('an SMTP argument with characters that may not be sent');
  return argument;
};

export function encodeCommand(command: Command): string {
  switch (command.verb) {
    case 'EHLO':
    case 'HELO':
      return `${command.verb} ${guard(command.name, HELO_NAME)}\r\n`;
    case 'MAIL':
      return `MAIL FROM:<${guard(command.from, PATH)}>${command.smtpUtf8 ? ' SMTPUTF8' : ''}\r\n`;
    case 'RCPT':
      return `RCPT TO:<${guard(command.to, PATH)}>\r\n`;
    case 'STARTTLS':
    case 'RSET':
    case 'NOOP':
    case 'QUIT':
      return `${command.verb}\r\n`;
  }
}

export const encodeCommands = (commands: readonly Command[]): string => commands.map(encodeCommand).join('');
