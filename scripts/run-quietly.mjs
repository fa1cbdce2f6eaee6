// Runs a slow program and shows that it is working: on a terminal, one line that counts the seconds; elsewhere, a line every ten seconds.
// The program's output is shown only when it fails. Standard output stays free, because the command line prints JSON there. Uses only
// Node's own modules, because it runs before the packages are installed.
import { spawn } from 'node:child_process';

const TERMINAL_EVERY_MS = 250;
const LINE_EVERY_MS = 10_000;
const KEPT_CHARS = 200_000;

/** Resolves with the exit status; 1 if the program could not be started or was killed. */
export async function runQuietly(label, command, args, options = {}) {
  const since = Date.now();
  const isTerminal = process.stderr.isTTY === true;
  const seconds = () => Math.round((Date.now() - since) / 1_000);
  const show = (text, end) => process.stderr.write(isTerminal ? `\r\x1b[2K${text}${end}` : `${text}\n`);
  show(`${label} …`, '');
  const timer = setInterval(() => show(`${label} … ${seconds()} s`, ''), isTerminal ? TERMINAL_EVERY_MS : LINE_EVERY_MS);
  let said = '';
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part) => (said = (said + part).slice(-KEPT_CHARS)));
  }
  // A build that is told to stop leaves no process behind.
  const end = () => child.kill();
  process.once('exit', end);
  const status = await new Promise((done) => {
    child.once('error', (error) => {
      said += error.message;
      done(1);
    });
    child.once('close', (code) => done(code ?? 1));
  });
  clearInterval(timer);
  process.removeListener('exit', end);
  if (status !== 0) show(`${label}: failed after ${seconds()} s\n${said.trimEnd()}`, '\n');
  else show(`${label}: done in ${seconds()} s`, '\n');
  return status;
}
