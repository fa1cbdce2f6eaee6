import { describe, expect, it } from 'vitest';
import { API_BODY_MAX_BYTES, API_BODY_MAX_DEPTH } from '../limits';
import { readJsonBody, readRawBody } from './body';

const read = (body: BodyInit, headers: Record<string, string> = {}) =>
  readJsonBody(
    new Request('http://localhost/', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      ...{ duplex: 'half' },
    }),
  );
const valueOf = async (body: BodyInit, headers?: Record<string, string>) => (await read(body, headers)).value;
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('the body of a request', () => {
  it('may be as large as the limit and not a byte larger', async () => {
    const full = JSON.stringify('x'.repeat(API_BODY_MAX_BYTES - 2));
    expect(await valueOf(full)).toHaveLength(API_BODY_MAX_BYTES - 2);
    await expect(read(`${full} `)).rejects.toMatchObject({ code: 'payload_too_large', status: 413 });
  });

  it('is never read past the limit, however long it is', async () => {
    let sent = 0;
    let wasCancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
      cancel: () => {
        wasCancelled = true;
      },
    });
    await expect(read(endless)).rejects.toMatchObject({ code: 'payload_too_large' });
    expect(wasCancelled).toBe(true);
    expect(sent).toBeLessThanOrEqual(API_BODY_MAX_BYTES + 3 * 65_536);
  });

  it('is refused before a byte is read if it announces too much', async () => {
    const untouched = new ReadableStream<Uint8Array>({ pull: () => expect.unreachable() }, { highWaterMark: 0 });
    await expect(read(untouched, { 'content-length': String(API_BODY_MAX_BYTES + 1) })).rejects.toMatchObject({
      code: 'payload_too_large',
    });
  });

  it('is judged by its content type, whatever its case and parameters', async () => {
    for (const type of ['application/json', 'Application/JSON; charset=utf-8', ' application/json ;x=y']) {
      expect(await valueOf('{}', { 'content-type': type })).toEqual({});
    }
    for (const type of ['text/json', 'application/json+x', 'multipart/form-data']) {
      await expect(read('{}', { 'content-type': type })).rejects.toMatchObject({ code: 'unsupported_media_type' });
    }
    await expect(read('{}', { 'content-encoding': 'gzip' })).rejects.toMatchObject({ code: 'unsupported_media_type' });
  });

  it('has to be whole JSON in UTF-8', async () => {
    for (const body of ['', '{', '{}{}', 'undefined', new Uint8Array([0x22, 0xff, 0x22])]) {
      await expect(read(body)).rejects.toMatchObject({ code: 'invalid_request', status: 400 });
    }
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('reset')) });
    await expect(read(broken)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('may be nested as deep as the limit; even far deeper nesting is refused and breaks nothing', async () => {
    expect(await valueOf(nested(API_BODY_MAX_DEPTH))).toBeInstanceOf(Array);
    for (const depth of [API_BODY_MAX_DEPTH + 1, API_BODY_MAX_BYTES / 2]) {
      await expect(read(nested(depth))).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });
});

it('a body that breaks off is reported as the client’s mistake, as JSON and as bytes', async () => {
  const brokenOff = () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('aborted')) });
    const headers = { 'content-type': 'application/json' };
    return new Request('http://localhost/', { method: 'POST', headers, body, ...{ duplex: 'half' } });
  };
  await expect(readJsonBody(brokenOff())).rejects.toMatchObject({ code: 'invalid_request' });
  await expect(readRawBody(brokenOff(), 1_000)).rejects.toMatchObject({ code: 'invalid_request' });
});
