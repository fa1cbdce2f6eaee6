import { Command } from 'commander';
import { formatCount, plural } from '@/lib/platform/numbers';
import { printLine } from '../lines';
import { JSON_OPTION } from '../options';
import { PROGRAM_NAME } from '../program';
import { withApi } from './client';

export const creditsCommand = (): Command =>
  new Command('credits')
    .description('Show how many credits are available, how many are held by running work, and how much your plan stores.')
    .option(...JSON_OPTION)
    .addHelpText('after', `\nExamples:\n  $ ${PROGRAM_NAME} credits\n  $ ${PROGRAM_NAME} credits --json | jq .available`)
    .action(async ({ json = false }: { json?: boolean }) => {
      const credits = await withApi((client) => client.credits.get());
      if (json) return void (await printLine(credits));
      const { available, held, plan, limits } = credits;
      console.log(`${plural(available, 'credit')} available, ${formatCount(held)} held by running work.`);
      console.log(
        `Plan: ${plan}. Stored: ${formatCount(limits.lists.used)} of ${formatCount(limits.lists.allowed)} lists, ${formatCount(limits.rows.used)} of ${formatCount(limits.rows.allowed)} rows.`,
      );
    });
