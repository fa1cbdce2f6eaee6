// `keys`: manages the workspace's API keys; needs a key with the scope keys:admin. The secret is the only output on standard output, so
// that a script can read it from there. It is never shown again.
import { Command, Option } from 'commander';
import type { ApiKey } from '../../sdks/typescript/src/index';
import { ALL_API_SCOPES, API_KEY_MODES } from '@/lib/accounts/rules/keys';
import { API_KEY_ROTATION_HOURS } from '@/lib/platform/limits';
import { CliError, EXIT } from '../exit-codes';
import { printLine } from '../lines';
import { CREDITS_MAX, JSON_OPTION, several, wholeNumber } from '../options';
import { PROGRAM_NAME } from '../program';
import { withApi } from './client';
import { confirm, isTerminal } from './terminal';

interface Creating {
  mode: (typeof API_KEY_MODES)[number];
  scope: readonly string[];
  budget?: number;
  expires?: string;
  ip?: readonly string[];
  origin?: readonly string[];
  json?: boolean;
}

export const keysCommand = (): Command =>
  new Command('keys')
    .description('Manage the API keys of the workspace. Needs a key with the scope keys:admin.')
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(createCommand())
    .addCommand(rotateCommand())
    .addCommand(revokeCommand())
    .addHelpText(
      'after',
      `
Examples:
  $ ${PROGRAM_NAME} keys
  $ KEY=$(${PROGRAM_NAME} keys create "Sign-up form" --scope verify:write --budget 1000)
  $ ${PROGRAM_NAME} keys create Widget --mode pub --scope verify:write --origin https://shop.example
  $ ${PROGRAM_NAME} keys rotate key_… --old-hours 48`,
    );

const listCommand = (): Command =>
  new Command('list')
    .description('List the keys, starting with those that work.')
    .option(...JSON_OPTION)
    .action(async ({ json = false }: { json?: boolean }) => {
      const keys = await withApi((client) => client.keys.list());
      if (json) return void (await printLine({ data: keys }));
      for (const key of keys) console.log(lineOf(key));
    });

const createCommand = (): Command =>
  new Command('create')
    .description(
      'Create a key and print its secret. It is shown only once. The new key cannot do more than the key that creates it.',
    )
    .argument('<name>', 'name to show in the app')
    .addOption(new Option('--mode <mode>', 'live, test, or pub (for web pages)').choices(API_KEY_MODES).default('live'))
    .addOption(
      new Option('--scope <scope>', `what the key may do; can be given several times: ${ALL_API_SCOPES.join(', ')}`)
        .argParser(several)
        .makeOptionMandatory(),
    )
    .option('--budget <credits>', 'most credits the key may spend in a month', wholeNumber(1, CREDITS_MAX))
    .option('--expires <time>', 'when the key expires, such as 2027-01-31T00:00:00Z')
    .option('--ip <network>', 'a network the key works from; can be given several times', several)
    .option('--origin <origin>', 'with pub: an origin whose pages may use the key; can be given several times', several)
    .option(...JSON_OPTION)
    .action(async (name: string, { json = false, ...options }: Creating) => {
      const made = await withApi((client) => client.keys.create(toNewKey(name, options)));
      await printSecret(made, json);
    });

const rotateCommand = (): Command =>
  new Command('rotate')
    .description('Give a key a new secret and print it. It is shown only once. The old secret keeps working for a while.')
    .argument('<id>', 'key_…')
    .option(
      '--old-hours <hours>',
      `how long the old secret keeps working (default: ${API_KEY_ROTATION_HOURS.default})`,
      wholeNumber(API_KEY_ROTATION_HOURS.min, API_KEY_ROTATION_HOURS.max),
    )
    .option(...JSON_OPTION)
    .action(async (id: string, { oldHours, json = false }: { oldHours?: number; json?: boolean }) => {
      const hours = oldHours === undefined ? {} : { old_hours: oldHours };
      await printSecret(await withApi((client) => client.keys.rotate(id, hours)), json);
    });

const revokeCommand = (): Command =>
  new Command('revoke')
    .description('Revoke a key permanently. It stops working with the next request.')
    .argument('<id>', 'key_…')
    .option('--yes', 'do not ask for confirmation; required without a terminal')
    .action(async (id: string, { yes = false }: { yes?: boolean }) => {
      if (!yes && !isTerminal()) throw new CliError(EXIT.wrongUse, 'There is no terminal to ask for confirmation. Use --yes.');
      await withApi(async (client) => {
        const { name } = await client.keys.get(id);
        if (!yes && !(await confirm(`Revoke “${name}” permanently?`))) throw new CliError(EXIT.no, 'Nothing was changed.');
        await client.keys.revoke(id);
        console.error(`“${name}” is revoked.`);
      });
    });

const toNewKey = (name: string, { mode, scope, budget, expires, ip, origin }: Omit<Creating, 'json'>) => ({
  name,
  mode,
  scopes: scope,
  ...(budget !== undefined && { monthly_budget: budget }),
  ...(expires !== undefined && { expires_at: expires }),
  ...(ip && { allowed_ips: ip }),
  ...(origin && { allowed_origins: origin }),
});

async function printSecret(key: ApiKey, json: boolean): Promise<void> {
  console.error(`${key.id} “${key.name}”. This is its secret. It is not shown again:`);
  if (json) await printLine(key);
  else console.log(key.key);
}

function lineOf({
  id,
  name,
  mode,
  last4,
  scopes,
  revoked_at: revoked,
  monthly_budget: budget,
  spent_this_month: spent,
}: ApiKey): string {
  const spending = budget === null ? '' : `  ${spent} of ${budget} credits this month`;
  return `${id}  ${mode}  …${last4}  ${name}  ${revoked === null ? scopes.join(' ') : 'revoked'}${spending}`;
}
