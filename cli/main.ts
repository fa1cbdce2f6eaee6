// The command line of a checkout and of a server: the package's commands, and those that need the database.
import { Command } from 'commander';
import { COMMANDS } from './commands';
import { completionOf } from './completion';
import { runProgram } from './program';

await runProgram(
  completionOf({
    ...COMMANDS,
    user: {
      summary: 'create accounts in the database of this product',
      load: async () =>
        new Command('user')
          .description('Manage accounts in the database of this product.')
          .addCommand((await import('./user-create')).userCreateCommand()),
    },
  }),
);
