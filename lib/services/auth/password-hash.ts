// Passwords at rest: argon2id with OWASP's parameters (19 MiB, 2 passes, 1 lane). An unknown account costs the same time as
// a wrong password, so that the clock tells nobody who has an account.
import { hash, verify } from '@node-rs/argon2';

/** OWASP Password Storage Cheat Sheet; the numbers stand in each hash, so they can be raised later. argon2id is the library's default. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

let decoy: Promise<string> | undefined;

export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS);

/** False also where there is no hash (no account, or one without a password), after the same work. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const matches = await verify(passwordHash ?? (await decoy), password);
  return matches && passwordHash !== null;
}
