// Asks the suite's servers by hand, without any part of the product: a plain SMTP dialogue up to RCPT TO. Shows that a server says what
// truth.ts assumes, so that a product failure can be told from a wrongly configured server.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { FIRST_IDENTITY } from './identities';

export interface Server {
  address: string;
  port: number;
}

export interface SpokenReply {
  stage: 'connect' | 'helo' | 'mail' | 'rcpt';
  code: number;
  text: string;
}

async function* repliesOf(lines: AsyncIterable<string>): AsyncGenerator<{ code: number; text: string }> {
  let text = '';
  for await (const line of lines) {
    text += `${line.slice(4)} `;
    if (line[3] === '-') continue;
    yield { code: Number(line.slice(0, 3)), text: text.trim() };
    text = '';
  }
}

const envelopeOf = (recipient: string) =>
  [
    ['helo', `EHLO ${FIRST_IDENTITY.helo}`],
    ['mail', `MAIL FROM:<${FIRST_IDENTITY.mail_from}>${/[^\x20-\x7e]/.test(recipient) ? ' SMTPUTF8' : ''}`],
    ['rcpt', `RCPT TO:<${recipient}>`],
  ] as const;

/** Returns the first reply that is not a success, or the reply to RCPT TO. `afterwards`: commands sent before QUIT. */
export async function askByHand(server: Server, recipient: string, afterwards: readonly string[] = []): Promise<SpokenReply> {
  const socket = connect({ host: server.address, port: server.port, localAddress: FIRST_IDENTITY.address });
  socket.setTimeout(15_000, () => socket.destroy(new Error(`${server.address} fell silent`)));
  const replies = repliesOf(createInterface({ input: socket, crlfDelay: Infinity }));
  try {
    let last: SpokenReply = { stage: 'connect', ...(await next(replies)) };
    for (const [stage, command] of envelopeOf(recipient)) {
      if (last.code >= 400) break;
      socket.write(`${command}\r\n`);
      last = { stage, ...(await next(replies)) };
    }
    for (const command of afterwards) {
      socket.write(`${command}\r\n`);
      await next(replies);
    }
    socket.write('QUIT\r\n');
    return last;
  } finally {
    socket.end();
  }
}

async function next(replies: AsyncGenerator<{ code: number; text: string }>): Promise<{ code: number; text: string }> {
  const step = await replies.next();
  if (step.done === true) throw new Error('the server closed the connection');
  return step.value;
}
