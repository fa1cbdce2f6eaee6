import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMAND_VERBS, encodeCommand, encodeCommands, isSendablePath, type Command } from './commands';

const ALLOWED = ['EHLO', 'HELO', 'STARTTLS', 'MAIL', 'RCPT', 'RSET', 'NOOP', 'QUIT'];

const argument = fc.string({
  unit: fc.oneof(fc.constantFrom('\r', '\n', '\0', '<', '>', ' ', '"', '\\', '@'), fc.string({ minLength: 1, maxLength: 2 })),
});
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ verb: fc.constantFrom('EHLO' as const, 'HELO' as const), name: argument }),
  fc.record({ verb: fc.constant('MAIL' as const), from: argument, smtpUtf8: fc.boolean() }),
  fc.record({ verb: fc.constant('RCPT' as const), to: argument }),
  fc.record({ verb: fc.constantFrom('STARTTLS' as const, 'RSET' as const, 'NOOP' as const, 'QUIT' as const) }),
);

describe('commands', () => {
  it('there is no command that sends a message or asks for a list', () => {
    expect([...COMMAND_VERBS].sort()).toEqual([...ALLOWED].sort());
  });

  it('whatever the arguments, a command is one line with an allowed verb or is rejected', () => {
    fc.assert(
      fc.property(command, (each) => {
        let line: string;
        try {
          line = encodeCommand(each);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        expect(line.endsWith('\r\n')).toBe(true);
        expect(line.slice(0, -2)).not.toMatch(/[\r\n\0]/);
        expect(ALLOWED).toContain(line.slice(0, -2).split(' ')[0]);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['a@b\r\nDATA', 'a@b\n', '\0a@b', 'a@b>', '<a@b', 'a b@c', 'a\\b@c', 'a@b> SIZE=1', 'a\u007f@b'])(
    'refuses the path %j',
    (to) => {
      expect(isSendablePath(to)).toBe(false);
      expect(() => encodeCommand({ verb: 'RCPT', to })).toThrow(RangeError);
    },
  );

  it('quoted local parts and UTF-8 are sent as they are', () => {
    const text = encodeCommands([
      { verb: 'MAIL', from: '', smtpUtf8: true },
      { verb: 'RCPT', to: '"a b>\\"c"@example.org' },
      { verb: 'RCPT', to: 'zoë@example.org' },
    ]);
    expect(text).toBe('MAIL FROM:<> SMTPUTF8\r\nRCPT TO:<"a b>\\"c"@example.org>\r\nRCPT TO:<zoë@example.org>\r\n');
  });

  it('address literals are valid HELO names', () => {
    expect(encodeCommand({ verb: 'EHLO', name: '[IPv6:2001:db8::1]' })).toBe('EHLO [IPv6:2001:db8::1]\r\n');
  });
});
