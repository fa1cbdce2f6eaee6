import { Command } from 'commander';
import { printLine } from '../lines';
import { PROGRAM_NAME } from '../program';
import { withApi } from './client';

const number = (value: number): string => value.toLocaleString('en-US');

export const creditsCommand = (): Command =>
  new Command('credits')
    .description('Says how many credits can be spent, how many are held by work that runs, and what the plan keeps.')
    .option('--json', 'the answer of the API, as one line of JSON')
    .addHelpText('after', `\nExamples:\n  $ ${PROGRAM_NAME} credits\n  $ ${PROGRAM_NAME} credits --json | jq .available`)
    .action(async ({ json = false }: { json?: boolean }) => {
      const credits = await withApi((client) => client.credits.get());
      if (json) return void (await printLine(credits));
      const { available, held, plan, limits } = credits;
      console.log(`${number(available)} credits can be spent, ${number(held)} are held by work that runs.`);
      console.log(
        `Plan: ${plan}. Lists ${number(limits.lists.used)} of ${number(limits.lists.allowed)}, rows ${number(limits.rows.used)} of ${number(limits.rows.allowed)}.`,
      );
    });
