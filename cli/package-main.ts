// The command line as a package: without the commands that need a database.
import { COMMANDS } from './commands';
import { completionOf } from './completion';
import { runProgram } from './program';

await runProgram(completionOf(COMMANDS));
