#!/usr/bin/env node
// The command line as a package: without the commands that need a database, and without the sandbox, which is for trying the product.
import { COMMANDS } from './commands';
import { completionOf } from './completion';
import { runProgram } from './program';

// oxlint-disable-next-line house/settings-have-one-reader -- it is written, before anything reads it
process.env.MAIL_SANDBOX = 'off';
await runProgram(completionOf(COMMANDS));
