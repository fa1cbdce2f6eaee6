// What a script learns from how a command ended. Documented in `--help` and in the docs: never renumber one.
export const EXIT = {
  done: 0,
  /** The command's own no: a list that failed, a machine that can't verify, a refusal that has no number of its own. */
  no: 1,
  /** An option or argument that does not exist or fit. */
  wrongUse: 2,
  /** No key, a key that does not exist, or one that may not do this. */
  notAllowed: 3,
  /** No credits, or the budget of the key is used up. */
  noCredits: 4,
  /** The API could not be reached, is too busy, or failed: worth another try. */
  unavailable: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An end that has a code of its own, with a sentence for people. */
export class CliError extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
