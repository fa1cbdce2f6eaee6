// Answers that are sent as one piece. Next sends an answer's head, each part of its body and its end apart, and compresses whatever a client
// lets it: for an answer of a few kilobytes, both cost more than they save. Guarantees: status, head and body are as the handler made them,
// and an answer that is produced while it is sent (a stream, a download) is left alone.
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Calls that start or change something answer with one small JSON document; those that read may answer with much. */
const isWhole = ({ method, url = '' }: IncomingMessage): boolean => method === 'POST' && /^\/(?:api\/v1|compat)\//.test(url);

/** Wraps a handler: what a POST call of the API answers is sent whole, with its length, and not compressed. */
export function withWholeAnswers(handle: Handle): Handle {
  return async (request, response) => {
    if (!isWhole(request)) return handle(request, response);
    delete request.headers['accept-encoding'];
    // Next is done when the answer has been sent.
    await Promise.all([hold(response).then((body) => response.end(body)), handle(request, response)]);
  };
}

/** Keeps back what is written, until its end, and the head, which can still be changed then. */
export function hold(response: ServerResponse): Promise<Buffer> {
  return new Promise((done) => {
    const parts: Buffer[] = [];
    const keep = (part: unknown) => {
      if (typeof part === 'string') parts.push(Buffer.from(part));
      else if (part instanceof Uint8Array) parts.push(Buffer.from(part));
    };
    response.flushHeaders = () => undefined;
    response.writeHead = (status: number, ...rest: unknown[]) => {
      response.statusCode = status;
      for (const [name, value] of Object.entries(rest.at(-1) ?? {})) response.setHeader(name, String(value));
      return response;
    };
    response.write = (part: unknown) => {
      keep(part);
      return true;
    };
    response.end = (part?: unknown) => {
      keep(part);
      // What stands above goes, and the response's own is back.
      for (const name of ['write', 'writeHead', 'end', 'flushHeaders']) Reflect.deleteProperty(response, name);
      done(Buffer.concat(parts));
      return response;
    };
    response.once('close', () => done(Buffer.concat(parts)));
  });
}
