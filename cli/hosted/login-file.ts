// Stores the key of `login`: one file in the user's own settings folder, readable by nobody else. The environment takes precedence, so a
// script or a CI job needs no file.
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

/** A variable of the environment; empty means not set. */
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

/** Null if there is no key in the environment or in the file. */
export function findLogin(): Login | null {
  const kept = readLogin();
  const apiKey = variable(KEY_VARIABLE) ?? kept?.apiKey ?? null;
  if (apiKey === null) return null;
  return { apiKey, baseUrl: variable(URL_VARIABLE) ?? kept?.baseUrl ?? DEFAULT_BASE_URL };
}

export function keepLogin({ baseUrl, apiKey }: Login): string {
  const file = loginFile();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // Written under another name first, so that the file is complete and private at every moment.
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
  throw new Error(`${file} was not written by login. Log in again, or delete the file.`);
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
