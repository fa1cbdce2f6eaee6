// `login` and `logout`: stores an API key once the API has accepted it. A key is typed or piped in, never an argument, because arguments
// end up in the shell's history and other users of the machine can see them.
import { Command } from 'commander';
import { PermissionDeniedError } from '../../sdks/typescript/src/index';
import { plural } from '@/lib/platform/numbers';
import { CliError, EXIT } from '../exit-codes';
import { PROGRAM_NAME } from '../program';
import { withApi } from './client';
import {
  DEFAULT_BASE_URL,
  findLogin,
  forgetLogin,
  keepLogin,
  KEY_VARIABLE,
  type Login,
  URL_VARIABLE,
  variable,
} from './login-file';
import { readSecret } from './terminal';

export const loginCommand = (): Command =>
  new Command('login')
    .description('Ask for an API key, check it, and store it in your settings folder, where only you can read it.')
    .option('--base-url <url>', `address of the API (default: ${URL_VARIABLE}, else ${DEFAULT_BASE_URL})`)
    .addHelpText(
      'after',
      `
Create a key in the app, under API keys. ${KEY_VARIABLE} and ${URL_VARIABLE} override what is stored.

Examples:
  $ ${PROGRAM_NAME} login --base-url https://verify.example.com
  $ pass show email-verifier | ${PROGRAM_NAME} login`,
    )
    .action(async ({ baseUrl }: { baseUrl?: string }) => {
      const apiKey = await readSecret('API key: ');
      if (apiKey === '') throw new CliError(EXIT.wrongUse, 'No API key was given. Type it, or pipe it in.');
      const login = { apiKey, baseUrl: toBaseUrl(baseUrl ?? variable(URL_VARIABLE) ?? DEFAULT_BASE_URL) };
      const said = await tryLogin(login);
      console.error(`${said}\nStored in ${keepLogin(login)}.`);
      if (findLogin()?.apiKey !== apiKey) console.error(`${KEY_VARIABLE} is set to another key, which takes precedence.`);
    });

export const logoutCommand = (): Command =>
  new Command('logout')
    .description('Delete the key that login stored. The key itself keeps working: revoke it if you no longer need it.')
    .action(() => console.error(forgetLogin() ? 'Logged out.' : 'You were not logged in.'));

async function tryLogin(login: Login): Promise<string> {
  if (login.apiKey.startsWith('evk_pub_'))
    throw new CliError(EXIT.notAllowed, 'A public key is only for pages of your site. Log in with a live or test key.');
  const where = `Logged in to ${login.baseUrl}`;
  try {
    const { available } = await withApi((client) => client.credits.get(), login);
    return `${where}: ${plural(available, 'credit')} available.`;
  } catch (error) {
    // It is a valid key without this scope.
    const isKey =
      error instanceof CliError && error.cause instanceof PermissionDeniedError && error.cause.code === 'insufficient_scope';
    if (!isKey) throw error;
    return `${where}, with a key that is not allowed to read credits.`;
  }
}

function toBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new CliError(EXIT.wrongUse, `${text} is not a web address.`);
  return url.href.replace(/\/+$/, '');
}
