// The command line: each command is a file beside this one. Standard output carries JSON lines only; everything meant for
// people goes to standard error. Exit codes: 0 done, 1 the command's own "no", 2 wrong use.
import { Command, CommanderError } from 'commander';
import { classifyCommand } from './classify';
import { preflightCommand } from './preflight';
import { userCreateCommand } from './user-create';
import { verifyCommand } from './verify';

const program = new Command('cli')
  .description('Tells whether a mailbox exists without sending mail, and shows why it says so.')
  .exitOverride()
  .configureOutput({ writeOut: (text) => process.stderr.write(text) });
program.addCommand(verifyCommand());
program.addCommand(classifyCommand());
program.addCommand(new Command('user').description('accounts').addCommand(userCreateCommand()));
program.addCommand(preflightCommand());
for (const command of [program, ...program.commands, ...program.commands.flatMap((one) => one.commands)]) {
  command.exitOverride().configureOutput({ writeOut: (text) => process.stderr.write(text) });
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : 1;
}
