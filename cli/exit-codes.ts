// What a script learns from how a command ended. The codes are documented in `--help` and in the docs: never renumber one.
export const EXIT = {
  done: 0,
  /** The command failed: a list that failed, a machine that can't verify, or a refusal without its own exit code. */
  no: 1,
  /** An option or argument that does not exist or is invalid. */
  wrongUse: 2,
  /** No key, a key that does not exist, or a key without the permission. */
  notAllowed: 3,
  /** No credits, or the key's budget is used up. */
  noCredits: 4,
  /** The API could not be reached, is too busy, or failed: worth another try. */
  unavailable: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with this exit code and a sentence for people. */
export class CliError extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
