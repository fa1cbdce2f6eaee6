// Known browsers: those that signed in to an account before. Their attempts count separately, so strangers who use up the
// account's limits don't lock its owner out. The cookie holds one random id and a mark for each of the last accounts, made with
// our secret and bound to the account's epoch: nobody can forge one for somebody else's account, and a new password or signing
// out everywhere voids it. A mark signs nobody in.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { findUserByEmail } from './store/users';
import { ACCOUNTS_A_KNOWN_DEVICE } from './rules/attempts';
import { authSecret } from '@/lib/platform/auth-secret';

interface Device {
  id: string;
  /** Latest first. */
  marks: readonly string[];
}

const COOKIE_VALUE = /^[\w-]{22}(?:\.[\w-]{22})*$/;
const ID_BYTES = 16;
const MARK_CHARS = 22;

/** The cookie of a browser that has just signed in to the account. */
export function markDevice(value: string | null | undefined, account: { userId: string; epoch: number }): string {
  const { id, marks } = readDevice(value) ?? { id: randomBytes(ID_BYTES).toString('base64url'), marks: [] };
  const mark = markOf(id, account);
  return [id, mark, ...marks.filter((other) => other !== mark)].slice(0, 1 + ACCOUNTS_A_KNOWN_DEVICE).join('.');
}

/** What this browser's attempts at the account are counted under; null if it is not known there. */
export async function findDeviceKey(value: string | null, email: string): Promise<string | null> {
  const device = readDevice(value);
  if (device === null) return null;
  const user = await findUserByEmail(email);
  // The same work without an account, so the clock does not tell who has one.
  const wanted = Buffer.from(markOf(device.id, { userId: user?.id ?? '', epoch: user?.sessionEpoch ?? 0 }));
  const isKnown = device.marks.filter((mark) => timingSafeEqual(Buffer.from(mark), wanted)).length > 0;
  if (user === null || !isKnown) return null;
  return createHash('sha256').update(`${device.id}:${user.id}`).digest('base64url');
}

/** Null if the cookie is not one of ours. */
function readDevice(value: string | null | undefined): Device | null {
  if (!value || !COOKIE_VALUE.test(value)) return null;
  const [id = '', ...marks] = value.split('.');
  return { id, marks: marks.slice(0, ACCOUNTS_A_KNOWN_DEVICE) };
}

const markOf = (deviceId: string, account: { userId: string; epoch: number }): string =>
  createHmac('sha256', authSecret())
    .update(`device:${deviceId}:${account.userId}:${account.epoch}`)
    .digest('base64url')
    .slice(0, MARK_CHARS);
