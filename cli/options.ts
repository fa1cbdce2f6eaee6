// Options and option types that several commands share.
import { InvalidArgumentError } from 'commander';

export const JSON_OPTION = ['--json', 'print the answer of the API as one line of JSON'] as const;

/** More than anybody spends or grants with one command. */
export const CREDITS_MAX = 1_000_000_000;

export const wholeNumber = (min: number, max: number) => (text: string) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < min || number > max) {
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  }
  return number;
};

/** For an option that may be given several times. */
export const several = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
