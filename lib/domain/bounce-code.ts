// What a mail server gave as the code of a bounce, as customers paste it: a reply code (RFC 5321 4.2.1), an enhanced status code
// (RFC 3463), or both; what the server said after them is let go.

export interface BounceCode {
  /** 200–599 */
  reply: number | null;
  /** `5.1.1` */
  enhanced: string | null;
}

const FORM = /^([2-5]\d\d)?(?:(?:^|[ -]\s*)#?([245]\.\d{1,3}\.\d{1,3}))?(?=$|[\s:;,-])/;

/** Null where it is no code. */
export function parseBounceCode(given: string | number): BounceCode | null {
  const match = FORM.exec(String(given).trim());
  if (match === null) return null;
  const [, reply, enhanced] = match;
  if (reply === undefined && enhanced === undefined) return null;
  return { reply: reply === undefined ? null : Number(reply), enhanced: enhanced ?? null };
}

/** Whether the server refused for good: class 5 in each code that was given. */
export const isPermanent = ({ reply, enhanced }: BounceCode): boolean =>
  (reply === null || reply >= 500) && (enhanced === null || enhanced.startsWith('5.'));
