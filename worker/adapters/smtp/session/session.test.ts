import fc from 'fast-check';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it } from 'vitest';
import { closeAfterwards, hostAt, mailHost, probesOf, question, smtpPort, wordOf } from '@/tests/engine/smtp-setup';

describe('extensions', () => {
  function tlsHost(refuseAt: 'MAIL' | 'RCPT', isOffered: boolean) {
    const seen = { plain: 0, secure: 0 };
    const refusal = Object.assign(new Error('5.7.0 Must issue a STARTTLS command first'), { responseCode: 530 });
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: isOffered ? [] : ['STARTTLS'],
      onMailFrom: (_from, session, done) => {
        done(refuseAt === 'MAIL' && !session.secure ? refusal : null);
      },
      onRcptTo: ({ address }, session, done) => {
        seen[session.secure ? 'secure' : 'plain'] += 1;
        if (refuseAt === 'RCPT' && !session.secure) done(refusal);
        else done(address.startsWith('alice') ? null : Object.assign(new Error('5.1.1 No such user'), { responseCode: 550 }));
      },
    });
    server.on('error', () => undefined);
    return new Promise<{ port: number; seen: typeof seen }>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        closeAfterwards(
          () =>
            new Promise((done) =>
              server.close(() => {
                done();
              }),
            ),
        );
        const address = server.server.address();
        resolve({ port: address !== null && typeof address === 'object' ? address.port : 0, seen });
      });
    });
  }

  it.each(['MAIL', 'RCPT'] as const)('if TLS is required at %s, the first session already begins with it', async (refuseAt) => {
    const host = await tlsHost(refuseAt, true);
    const answer = await smtpPort({ timeouts: { greetingMs: 2_000, heloMs: 2_000, mailMs: 2_000, rcptMs: 2_000 } }).ask(
      question([hostAt(host.port)]),
    );
    expect(wordOf(answer)).toBe('accepted');
    expect(answer.catchAll.kind).toBe('refuses_unknown');
    expect(answer.evidence.map(({ stage }) => stage)).toContain('starttls');
    expect(answer.evidence.filter(({ stage }) => stage === 'connect')).toHaveLength(1);
    expect(host.seen.plain).toBe(0);
  });

  it('if TLS is required but not offered, that demand is the answer', async () => {
    const host = await tlsHost('MAIL', false);
    const answer = await smtpPort().ask(question([hostAt(host.port)]));
    expect(answer.mailbox).toMatchObject({ meaning: 'sender_rejected', reply: { code: 530 } });
  });

  it('plain bytes after the reply to STARTTLS are never taken for the host’s words', async () => {
    const host = await mailHost({
      extensions: ['STARTTLS'],
      mail: () => '530 5.7.0 Must issue a STARTTLS command first',
      command: (line) => (line === 'STARTTLS' ? '220 go\r\n250 injected' : undefined),
    });
    const answer = await smtpPort().ask(question([hostAt(host.port)]));
    expect(wordOf(answer)).toBe('sender_rejected');
    expect(answer.evidence.map(({ meaning }) => meaning)).toContain('smtp_protocol_error');
    expect(JSON.stringify(answer)).not.toContain('injected');
  });

  it('SMTPUTF8 is requested only for addresses that need it, and only if it is offered', async () => {
    const offering = await mailHost({ extensions: ['PIPELINING', 'SMTPUTF8'] });
    const port = smtpPort();
    const hosts = [hostAt(offering.port)];
    await Promise.all([port.ask(question(hosts)), port.ask(question(hosts, { localPart: 'zoë', needsSmtpUtf8: true }))]);
    expect(offering.connections[0]?.lines.filter((line) => line.startsWith('MAIL'))).toEqual([
      'MAIL FROM:<>',
      'MAIL FROM:<> SMTPUTF8',
    ]);

    const other = await mailHost({ extensions: ['PIPELINING'] });
    const answer = await smtpPort().ask(question([hostAt(other.port)], { localPart: 'zoë', needsSmtpUtf8: true }));
    expect(answer.mailbox).toMatchObject({
      kind: 'reply',
      meaning: 'policy_other',
      rule: 'smtputf8-not-offered',
      reply: { code: 250 },
    });
    expect(other.asked.filter((to) => !to.startsWith('probe-'))).toHaveLength(0);
  });

  it('the greeting may identify the provider more exactly than the host names', async () => {
    const host = await mailHost({ greeting: '220 mx.test Gateway ready' });
    const gateway = {
      id: 'gateway',
      name: 'Gateway',
      class: 'gateway',
      acceptance: 'worthless',
      maxRecipients: null,
      pace: null,
    } as const;
    const port = smtpPort({ recognizeProvider: ({ greeting }) => (greeting?.includes('Gateway') === true ? gateway : null) });
    const answer = await port.ask(question([hostAt(host.port)]));
    expect(answer.provider?.id).toBe('gateway');
    expect(answer.evidence.at(-1)).toMatchObject({ provider: 'gateway' });
  });
});

describe('the wire', () => {
  it('whatever the address, only the allowed commands reach a host', async () => {
    const host = await mailHost({ extensions: ['PIPELINING', 'SMTPUTF8'] });
    const port = smtpPort();
    const hosts = [hostAt(host.port)];
    const nasty = fc.string({
      unit: fc.oneof(
        fc.constantFrom('\r', '\n', '\0', '>', '<', '"', '\\', ' ', '\r\nDATA\r\n', '>\r\nVRFY root'),
        fc.string({ minLength: 1, maxLength: 3 }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(nasty, { maxLength: 5 }), fc.boolean(), async (locals, needsSmtpUtf8) => {
        await Promise.all(locals.map((localPart) => port.ask(question(hosts, { localPart, needsSmtpUtf8 }))));
      }),
      { numRuns: 60 },
    );
    expect(host.asked.length).toBeGreaterThan(0);
    for (const { bytes } of host.connections) {
      for (const line of bytes.split('\r\n').slice(0, -1)) {
        expect(line).toMatch(
          /^(?:EHLO checker\.example|MAIL FROM:<>(?: SMTPUTF8)?|RCPT TO:<[^\x00-\x1f]*@example\.test>|RSET|QUIT)$/,
        );
      }
      expect(bytes.replaceAll('\r\n', '')).not.toMatch(/[\r\n\0]/);
    }
    expect(probesOf(host).length).toBeLessThanOrEqual(2);
  });
});
