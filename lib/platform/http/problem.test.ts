import { expect, it } from 'vitest';
import { AppError, type ErrorCode, ERRORS } from '../errors';
import { answerRequest, problemResponse } from './problem';

const codes = Object.keys(ERRORS).filter((word): word is ErrorCode => word in ERRORS);

it.each(codes)('%s is a problem with its status, code and request id', async (code) => {
  const response = problemResponse(new AppError(code), 'req_1');
  const { status, title } = ERRORS[code];
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toEqual({
    type: `urn:email-verifier:problem:${code}`,
    title,
    status,
    detail: title,
    code,
    request_id: 'req_1',
  });
});

it('names the fields, the time to wait and the way to authenticate, if there are any', async () => {
  const refused = problemResponse(
    new AppError('rate_limited', { detail: 'Wait.', retryAfterS: 7, fields: { email: 'is taken' } }),
    'req_1',
  );
  expect(refused.headers.get('retry-after')).toBe('7');
  expect(await refused.json()).toMatchObject({
    detail: 'Wait.',
    retry_after: 7,
    errors: [{ field: 'email', detail: 'is taken' }],
  });
  expect(problemResponse(new AppError('invalid_key'), 'r').headers.get('www-authenticate')).toBe('Bearer');
});

it('the answer to a thrown error never shows its cause, and carries the headers set before', async () => {
  const response = await answerRequest(({ headers }) => {
    headers.set('RateLimit', '"default";r=1;t=1');
    throw new Error('password of jane@example.com in SELECT');
  });
  expect(response.status).toBe(500);
  expect(response.headers.get('ratelimit')).toBe('"default";r=1;t=1');
  expect(await response.text()).not.toMatch(/password|jane|SELECT/);
});
