// Gives commands the API: the TypeScript SDK, with the key from the environment or from `login`. An error ends the command with a sentence
// and the matching exit code.
import {
  ApiError,
  AuthenticationError,
  ConfigurationError,
  ConnectionError,
  EmailVerifier,
  PaymentRequiredError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
} from '../../sdks/typescript/src/index';
import { CliError, EXIT, type ExitCode } from '../exit-codes';
import { PROGRAM_NAME } from '../program';
import { findLogin, KEY_VARIABLE, type Login } from './login-file';

/** The API says how long to wait before a retry, and a command has the time. */
const MAX_RETRIES = 5;

export function requireLogin(): Login {
  const login = findLogin();
  if (login !== null) return login;
  throw new CliError(EXIT.notAllowed, `This command needs an API key: run "${PROGRAM_NAME} login", or set ${KEY_VARIABLE}.`);
}

/** Runs `work` with a client. */
export async function withApi<T>(work: (client: EmailVerifier) => Promise<T>, login: Login = requireLogin()): Promise<T> {
  try {
    return await work(new EmailVerifier({ ...login, maxRetries: MAX_RETRIES }));
  } catch (error) {
    throw toCliError(error, login);
  }
}

function toCliError(error: unknown, { baseUrl }: Login): unknown {
  if (error instanceof ConnectionError) return new CliError(EXIT.unavailable, `${error.message} (${baseUrl})`, { cause: error });
  if (error instanceof ConfigurationError) return new CliError(EXIT.notAllowed, error.message, { cause: error });
  if (!(error instanceof ApiError)) return error;
  const fields = Object.entries(error.fields).map(([field, said]) => `\n  ${field}: ${said}`);
  const request = error.requestId === null ? '' : `, request ${error.requestId}`;
  const message = `${error.message} (${error.status} ${error.code}${request})${fields.join('')}`;
  return new CliError(exitCodeOf(error), message, { cause: error });
}

function exitCodeOf(error: ApiError): ExitCode {
  if (error instanceof AuthenticationError || error instanceof PermissionDeniedError) return EXIT.notAllowed;
  if (error instanceof PaymentRequiredError) return EXIT.noCredits;
  return error instanceof RateLimitError || error instanceof ServerError ? EXIT.unavailable : EXIT.no;
}
