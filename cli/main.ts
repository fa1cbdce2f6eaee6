// The command line: each command is a file beside this one. Standard output carries JSON lines only; everything meant for
// people goes to standard error. Exit codes: 0 done, 1 the command's own "no", 2 wrong use. Loads only the command that was
// asked for: the engine, or the database, would cost every other one a second.
import { Command, CommanderError } from 'commander';

const COMMANDS = new Map<string, () => Promise<Command>>([
  ['verify', async () => (await import('./verify')).verifyCommand()],
  ['classify', async () => (await import('./classify')).classifyCommand()],
  [
    'user',
    async () => new Command('user').description('accounts').addCommand((await import('./user-create')).userCreateCommand()),
  ],
  ['mcp', async () => (await import('./mcp')).mcpCommand()],
  ['preflight', async () => (await import('./preflight')).preflightCommand()],
]);

const asked = COMMANDS.get(process.argv[2] ?? '');
const program = new Command('cli')
  .description('Tells whether a mailbox exists without sending mail, and shows why it says so.')
  .exitOverride()
  .configureOutput({ writeOut: (text) => process.stderr.write(text) });
for (const load of asked === undefined ? COMMANDS.values() : [asked]) program.addCommand(await load());
for (const command of [program, ...program.commands, ...program.commands.flatMap((one) => one.commands)]) {
  command.exitOverride().configureOutput({ writeOut: (text) => process.stderr.write(text) });
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : 1;
}
