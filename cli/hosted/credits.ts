import { Command } from 'commander';
import { printLine } from '../lines';
import { PROGRAM_NAME } from '../program';
import { withApi } from './client';

const number = (value: number): string => value.toLocaleString('en-US');

export const creditsCommand = (): Command =>
  new Command('credits')
    .description('Show how many credits are available, how many are held by running work, and how much your plan stores.')
    .option('--json', 'print the answer of the API as one line of JSON')
    .addHelpText('after', `\nExamples:\n  $ ${PROGRAM_NAME} credits\n  $ ${PROGRAM_NAME} credits --json | jq .available`)
    .action(async ({ json = false }: { json?: boolean }) => {
      const credits = await withApi((client) => client.credits.get());
      if (json) return void (await printLine(credits));
      const { available, held, plan, limits } = credits;
      console.log(`${number(available)} credits available, ${number(held)} held by running work.`);
      console.log(
        `Plan: ${plan}. Stored: ${number(limits.lists.used)} of ${number(limits.lists.allowed)} lists, ${number(limits.rows.used)} of ${number(limits.rows.allowed)} rows.`,
      );
    });
