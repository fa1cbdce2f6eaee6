// Runs one command of a table. Standard output carries only results (JSON lines, or text for people without --json); help, progress and
// errors go to standard error. Loads only the requested command, because loading the engine or the database would cost every other command,
// and `--help`, a second.
import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { CliError, EXIT } from './exit-codes';

export interface Entry {
  /** One line, for the list of commands. */
  summary: string;
  load: () => Promise<Command>;
}

/** By the name that the user types. */
export type Commands = Readonly<Record<string, Entry>>;

export const PROGRAM_NAME = 'email-verifier';

const AFTER_HELP = `
Examples:
  $ ${PROGRAM_NAME} verify jane@example.com              # with the engine on this machine
  $ ${PROGRAM_NAME} login                                # once, to store an API key
  $ ${PROGRAM_NAME} verify --hosted jane@example.com     # with the API
  $ ${PROGRAM_NAME} list upload people.csv --start --watch --output verified.csv
  $ ${PROGRAM_NAME} credits --json

Exit codes:
  0  done
  1  the command failed: a list that failed, a machine that cannot verify, or a refusal without its own exit code
  2  an option or argument that does not exist or is not valid
  3  no API key, or a key without the permission
  4  no credits, or the key's budget is used up
  5  the API could not be reached or is too busy: try again

Run "${PROGRAM_NAME} help <command>" to learn more about a command.
`;

export async function runProgram(commands: Commands): Promise<void> {
  const [first = '', second = ''] = process.argv.slice(2);
  const asked = commands[first === 'help' ? second : first];
  const program = await buildProgram(commands, (entry) => entry === asked);
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = explain(error);
  }
}

/** Builds the command tree; a command that is not loaded has only its name and summary. */
export async function buildProgram(commands: Commands, isLoaded: (entry: Entry) => boolean): Promise<Command> {
  const program = new Command(PROGRAM_NAME)
    .description('Tells whether a mailbox exists without sending mail, and shows why it says so.')
    .version(version, '--version', 'show the version')
    .helpCommand('help [command]', 'explain a command')
    .showHelpAfterError(`("${PROGRAM_NAME} --help" lists the commands.)`)
    .addHelpText('after', AFTER_HELP);
  for (const [name, entry] of Object.entries(commands)) {
    const command = isLoaded(entry) ? await entry.load() : new Command(name);
    program.addCommand(command.summary(entry.summary));
  }
  everyOf(program, (command) => {
    command.exitOverride().configureOutput({ writeOut });
    if (command !== program) command.showHelpAfterError(`("${pathOf(command)} --help" shows how to use it.)`);
  });
  return program;
}

/** The output of --version is a result; help text is not. */
const writeOut = (text: string): void => void (text.trim() === version ? process.stdout : process.stderr).write(text);

export function everyOf(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const one of command.commands) everyOf(one, visit);
}

const pathOf = (command: Command): string => (command.parent ? `${pathOf(command.parent)} ` : '') + command.name();

function explain(error: unknown): number {
  // Commander has already printed the error or the help.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
  console.error(error instanceof Error ? error.message : error);
  return error instanceof CliError ? error.exitCode : EXIT.no;
}
