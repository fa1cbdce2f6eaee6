// Where the key of `login` is kept: one file in the user's own folder for settings, that nobody else may read. What the environment
// says wins, so that a script or a CI job needs no file.
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Login {
  baseUrl: string;
  apiKey: string;
}

export const KEY_VARIABLE = 'EMAIL_VERIFIER_API_KEY';
export const URL_VARIABLE = 'EMAIL_VERIFIER_BASE_URL';
export const DEFAULT_BASE_URL = 'http://localhost:3000';

/** Of the environment; empty is not set. */
export function variable(name: string): string | null {
  // oxlint-disable-next-line house/settings-have-one-reader -- a client's settings, on machines that have none of the server's
  const value = process.env[name]?.trim() ?? '';
  return value === '' ? null : value;
}

export function loginFile(): string {
  const folder =
    variable('XDG_CONFIG_HOME') ?? (process.platform === 'win32' ? variable('APPDATA') : null) ?? join(homedir(), '.config');
  return join(folder, 'email-verifier', 'login.json');
}

/** Null: there is no key, neither in the environment nor kept. */
export function findLogin(): Login | null {
  const kept = readLogin();
  const apiKey = variable(KEY_VARIABLE) ?? kept?.apiKey ?? null;
  if (apiKey === null) return null;
  return { apiKey, baseUrl: variable(URL_VARIABLE) ?? kept?.baseUrl ?? DEFAULT_BASE_URL };
}

export function keepLogin({ baseUrl, apiKey }: Login): string {
  const file = loginFile();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // Under another name first: the file is whole and closed to others at every moment.
  const draft = `${file}.${process.pid}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify({ base_url: baseUrl, api_key: apiKey }, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
  return file;
}

/** True if there was one. */
export function forgetLogin(): boolean {
  try {
    rmSync(loginFile());
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function readLogin(): Login | null {
  const file = loginFile();
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof kept === 'object' && kept !== null && 'base_url' in kept && 'api_key' in kept) {
      const { base_url: baseUrl, api_key: apiKey } = kept;
      if (typeof baseUrl === 'string' && typeof apiKey === 'string') return { baseUrl, apiKey };
    }
  } catch (error) {
    if (isMissing(error)) return null;
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Error(`${file} is not what login wrote. Log in again, or delete it.`);
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
