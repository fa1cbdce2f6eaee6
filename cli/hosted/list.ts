// `list`: uploads a file and brings the results back. Nothing is spent before `start`: an upload ends with the quote. Watching only reads,
// so interrupting it does not affect the list, and it can be resumed. A download gets its final name only when it is complete.
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import type { DownloadSettings, EmailList, EmailVerifier, Policy, StartSettings } from '../../sdks/typescript/src/index';
import { EXPORT_FORMATS, EXPORT_SEGMENTS } from '@/lib/lists/rules/export';
import { formatCount, plural } from '@/lib/platform/numbers';
import { FINAL_STATUSES, POLICY_NAMES } from '@/lib/verdict/verdict';
import { CliError, EXIT } from '../exit-codes';
import { printLine } from '../lines';
import { CREDITS_MAX, wholeNumber } from '../options';
import { PROGRAM_NAME } from '../program';
import { withApi } from './client';
import { bytes, Progress } from './terminal';

interface Starting {
  untilEmpty?: boolean;
  creditCap?: number;
}

interface Ending {
  watch?: boolean;
  output?: string;
  json?: boolean;
}

interface Uploading extends Starting, Ending {
  name?: string;
  column?: string;
  header: boolean;
  policy?: Policy;
  start?: boolean;
}

interface Downloading {
  output?: string;
  segment?: NonNullable<DownloadSettings['segment']>;
  format?: NonNullable<DownloadSettings['format']>;
}

const example = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ ${PROGRAM_NAME} list ${line}`).join('\n')}`;
const withStart = (command: Command): Command =>
  command
    .option('--until-empty', 'hold the credits you have and pause when they run out, instead of refusing to start')
    .option('--credit-cap <number>', 'with --until-empty: the most the list may cost', wholeNumber(1, CREDITS_MAX));
const withEnd = (command: Command): Command =>
  command
    .option('--watch', 'wait until the list is done')
    .option('--output <file>', 'wait until the list is done, then write its results to this file')
    .option('--json', 'print the list as one line of JSON at the end');

export const listCommand = (): Command =>
  new Command('list')
    .description('Verify a file of addresses with the API.')
    .addCommand(uploadCommand())
    .addCommand(startCommand())
    .addCommand(watchCommand())
    .addCommand(downloadCommand())
    .addHelpText('after', example('upload people.csv', 'start lst_… --watch', 'download lst_… --output verified.csv'));

const uploadCommand = (): Command =>
  withEnd(
    withStart(
      new Command('upload')
        .description(
          'Upload a file (CSV, TSV, text or XLSX, optionally gzipped) and show what it would cost. Nothing is spent without --start.',
        )
        .argument('<file>', 'the file to upload')
        .option('--name <name>', 'name to show in the app (default: the file’s name)')
        .option('--column <name>', 'the address column: its name, or its number from 1 (default: detected)')
        .option('--no-header', 'treat the first line as a row')
        .addOption(new Option('--policy <name>', 'what you plan to use the addresses for').choices(POLICY_NAMES))
        .option('--start', 'start the list as soon as it has been read'),
    ),
  )
    .addHelpText(
      'after',
      example(
        'upload people.csv',
        'upload people.csv --column 3 --start --watch',
        'upload people.csv --start --output verified.csv',
      ),
    )
    .action((file: string, options: Uploading) => withApi((client) => upload(client, file, options)));

const startCommand = (): Command =>
  withEnd(withStart(new Command('start').description('Start a list that is ready.').argument('<id>', 'lst_…')))
    .addHelpText('after', example('start lst_… --watch', 'start lst_… --until-empty --credit-cap 500'))
    .action((id: string, options: Starting & Ending) =>
      withApi(async (client) => finish(client, await client.lists.start(id, toStart(options)), options)),
    );

const watchCommand = (): Command =>
  new Command('watch')
    .description('Watch a list until nothing more happens automatically. Exits with 1 if it is not completed by then.')
    .argument('<id>', 'lst_…')
    .option('--json', 'print the list as one line of JSON at the end')
    .addHelpText('after', example('watch lst_…', 'watch lst_… --json | jq .progress.counts'))
    .action((id: string, options: Ending) =>
      withApi(async (client) => finish(client, await client.lists.get(id), { ...options, watch: true })),
    );

const downloadCommand = (): Command =>
  new Command('download')
    .description('Write the results: your file’s columns and order, with the verdicts after them.')
    .argument('<id>', 'lst_…')
    .option('--output <file>', 'the file to write (default: standard output)')
    .addOption(new Option('--segment <name>', 'which rows to write; all by default').choices(EXPORT_SEGMENTS))
    .addOption(new Option('--format <name>', 'format of the file; csv by default').choices(EXPORT_FORMATS))
    .addHelpText(
      'after',
      example('download lst_… --output verified.csv', 'download lst_… --segment send --format jsonl | jq -r .email'),
    )
    .action((id: string, options: Downloading) => withApi((client) => download(client, id, options)));

const toStart = ({ untilEmpty = false, creditCap }: Starting): StartSettings => ({
  mode: untilEmpty ? 'until_empty' : 'full',
  ...(creditCap !== undefined && { credit_cap: creditCap }),
});

async function upload(client: EmailVerifier, file: string, options: Uploading): Promise<void> {
  const { name, column, header, policy, start = false } = options;
  const bar = new Progress('Uploading', bytes);
  const made = await client.lists
    .create(file, {
      ...(name !== undefined && { name }),
      ...(column !== undefined && { email_column: column }),
      ...(!header && { has_header: false }),
      ...(policy && { policy }),
      ...(start && { start, ...toStart(options) }),
      onUploadProgress: ({ sentBytes, totalBytes }) => bar.show({ done: sentBytes, total: totalBytes }),
    })
    .catch((error: unknown) => {
      throw isFileTrouble(error) ? new CliError(EXIT.wrongUse, `${file} can't be read: ${error.message}`) : error;
    })
    .finally(() => bar.end());
  await finish(client, made, options);
}

/** An error of Node's about a file, not of the API. */
const isFileTrouble = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'path' in error;

/** Waits if asked to, reports the list's status, and ends with 1 if the list did not reach the wanted status. */
async function finish(client: EmailVerifier, begun: EmailList, { watch = false, output, json = false }: Ending): Promise<void> {
  console.error(`${begun.id} “${begun.name}”`);
  const read = await client.lists.wait(begun.id, { until: 'ready' });
  const isWatched = (watch || output !== undefined) && read.status !== 'ready';
  const list = isWatched ? await follow(client, read) : read;
  const isDone = list.status === 'completed';
  if (output !== undefined && isDone) await download(client, list.id, { output });
  if (json) await printLine(list);
  else console.log(sentenceOf(list));
  const isBroken = list.failure !== null || (isWatched && !isDone);
  if (isBroken) throw new CliError(EXIT.no, list.failure?.detail ?? `The list is ${list.status}.`);
}

async function follow(client: EmailVerifier, list: EmailList): Promise<EmailList> {
  const bar = new Progress('Verifying');
  try {
    return await client.lists.wait(list.id, {
      onProgress: ({ status, progress }) => {
        const { processed: done, total, eta_s: etaS } = progress;
        const left = etaS === null ? '' : `${Math.ceil(etaS / 60)} min left`;
        bar.show({ done, total, more: status === 'running' ? left : status });
      },
    });
  } finally {
    bar.end();
  }
}

function sentenceOf({ id, status, quote, progress, pause_reason: reason }: EmailList): string {
  const { counts, credits } = progress;
  const counted = FINAL_STATUSES.map((word) => `${formatCount(counts[word])} ${word}`);
  if (status === 'completed') return `Completed: ${counted.join(', ')}. ${plural(credits.captured, 'credit')} charged.`;
  if (status === 'ready' && quote)
    return `Ready: ${plural(quote.unique, 'address', 'addresses')} in ${plural(quote.rows, 'row')}, at most ${plural(quote.max_credits, 'credit')}. Start it: ${PROGRAM_NAME} list start ${id} --watch`;
  return `The list is ${status}${reason === null ? '' : ` (${reason})`}: ${formatCount(progress.processed)} of ${formatCount(progress.total)} done.`;
}

async function download(client: EmailVerifier, id: string, { output, ...settings }: Downloading): Promise<void> {
  if (output === undefined && settings.format === 'xlsx' && process.stdout.isTTY)
    throw new CliError(EXIT.wrongUse, 'A terminal can’t show a workbook. Name a file with --output.');
  const rows = Readable.from(await client.lists.download(id, settings));
  if (output === undefined) return pipeline(rows, process.stdout, { end: false });
  const part = `${output}.part`;
  const bar = new Progress('Downloading', bytes);
  let done = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      bar.show({ done: (done += chunk.length), total: null });
      next(null, chunk);
    },
  });
  try {
    await pipeline(rows, counter, createWriteStream(part));
    await rename(part, output);
  } catch (error) {
    await rm(part, { force: true });
    throw isFileTrouble(error) ? new CliError(EXIT.wrongUse, `${output} can't be written: ${error.message}`) : error;
  } finally {
    bar.end();
  }
  console.error(`${output}: ${bytes(done)}.`);
}
