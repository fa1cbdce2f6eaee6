// Runs the documentation's examples as readers would: each in its own folder, against the product, with a test key. Every line of an
// example's expected.txt has to be in its output. An example that reads a webhook is also given a tampered one, and has to refuse it. Other
// files of the example's folder are put beside it.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SDKS } from './languages';
import { deliver } from './signed';

const ROOT = join(SDKS, '..');
const SNIPPETS = join(ROOT, 'content/docs/snippets');
const SNIPPET_MAX_MS = 120_000;
const WEBHOOK_SECRET = `whsec_${Buffer.from('the secret of an example, 32 by.').toString('base64')}`;

interface SnippetLanguage {
  file: string;
  /** Where the program has to be in the language's folder. */
  place: (example: string) => string;
  /** Runs once, in the language's folder. */
  prepare?: (dir: string) => void;
  command: (place: string) => readonly string[];
  env?: (dir: string) => Record<string, string>;
}

const inFolder = (file: string) => (example: string) => `${example}/${file}`;

const SNIPPET_LANGUAGES: Readonly<Record<string, SnippetLanguage>> = {
  curl: { file: 'curl.sh', place: inFolder('curl.sh'), command: (place) => ['sh', place] },
  typescript: {
    file: 'typescript.ts',
    place: inFolder('typescript.ts'),
    prepare: (dir) => {
      writeFileSync(join(dir, 'package.json'), '{"type":"module"}');
      mkdirSync(join(dir, 'node_modules'));
      symlinkSync(join(SDKS, 'typescript'), join(dir, 'node_modules/email-verifier-client'));
    },
    command: (place) => ['node', '--import', pathToFileURL(join(ROOT, 'node_modules/tsx/dist/loader.mjs')).href, place],
  },
  python: {
    file: 'python.py',
    place: inFolder('python.py'),
    command: (place) => ['python3', place],
    env: () => ({ PYTHONPATH: join(SDKS, 'python/src') }),
  },
  php: {
    file: 'php.php',
    place: inFolder('php.php'),
    prepare: (dir) => {
      mkdirSync(join(dir, 'vendor'));
      writeFileSync(join(dir, 'vendor/autoload.php'), PHP_AUTOLOAD);
    },
    command: (place) => ['php', '-d', 'display_errors=stderr', place],
  },
  ruby: { file: 'ruby.rb', place: inFolder('ruby.rb'), command: (place) => ['ruby', `-I${join(SDKS, 'ruby/lib')}`, place] },
  go: {
    file: 'go.go',
    place: inFolder('main.go'),
    prepare: (dir) => writeFileSync(join(dir, 'go.mod'), GO_MODULE),
    command: (place) => ['go', 'run', `./${place.slice(0, place.lastIndexOf('/'))}`],
    env: () => ({ GOFLAGS: '-mod=mod' }),
  },
  java: {
    file: 'java.java',
    place: inFolder('java.java'),
    command: (place) => [
      'java',
      '-cp',
      [join(SDKS, 'java/target/classes'), join(SDKS, 'java/target/dependency/*')].join(':'),
      place,
    ],
  },
  rust: {
    file: 'rust.rs',
    place: (example) => `src/bin/${example}.rs`,
    prepare: (dir) => {
      writeFileSync(join(dir, 'Cargo.toml'), RUST_PACKAGE);
      copyFileSync(join(SDKS, 'rust/Cargo.lock'), join(dir, 'Cargo.lock'));
    },
    command: (place) => ['cargo', 'run', '--quiet', '--offline', '-j1', '--bin', place.slice('src/bin/'.length, -'.rs'.length)],
    env: () => ({ CARGO_TARGET_DIR: join(SDKS, 'rust/target') }),
  },
};

const PHP_AUTOLOAD = `<?php
spl_autoload_register(static function (string $class): void {
    $path = '${join(SDKS, 'php/src')}/' . strtr(substr($class, strlen('EmailVerifier\\\\')), '\\\\', '/') . '.php';
    if (is_file($path)) require $path;
});
`;

const GO_MODULE = `module examples

go 1.21

require github.com/email-verifier/email-verifier-go v0.0.0

replace github.com/email-verifier/email-verifier-go => ${join(SDKS, 'go')}
`;

const RUST_PACKAGE = `[package]
name = "examples"
version = "0.0.0"
edition = "2021"

[dependencies]
email-verifier-client = { path = "${join(SDKS, 'rust')}" }
`;

export interface SnippetScore {
  passed: number;
  total: number;
}

/** The SDK has to be built already. \`scratch\` is an existing folder for files. */
export function runSnippets(language: string, live: { url: string; key: string }, scratch: string): SnippetScore {
  const how = SNIPPET_LANGUAGES[language];
  if (how === undefined) throw new Error(`nothing is known of examples in ${language}`);
  const dir = join(scratch, `examples-${language}`);
  mkdirSync(dir);
  how.prepare?.(dir);
  const examples = readdirSync(SNIPPETS);
  for (const example of examples) layOut(example, how, dir);
  const env = { EMAIL_VERIFIER_API_KEY: live.key, EMAIL_VERIFIER_BASE_URL: live.url, ...how.env?.(dir) };
  const faults = examples.flatMap((example) => faultsOf(example, how, { dir, env }));
  for (const fault of faults) console.log(`  ✗ ${fault}`);
  return { passed: examples.length - new Set(faults.map((fault) => fault.split(':')[0])).size, total: examples.length };
}

/** Files beside the example go where its program is started. Languages that look for their packages there share that folder. */
function layOut(example: string, { file, place }: SnippetLanguage, dir: string): void {
  const programs = new Set(Object.values(SNIPPET_LANGUAGES).map((language) => language.file));
  const from = join(SNIPPETS, example);
  const to = join(dir, place(example));
  mkdirSync(join(to, '..'), { recursive: true });
  copyFileSync(join(from, file), to);
  for (const name of readdirSync(from)) if (!programs.has(name)) cpSync(join(from, name), join(dir, name));
}

interface Surroundings {
  dir: string;
  env: Record<string, string>;
}

function faultsOf(example: string, how: SnippetLanguage, { dir, env }: Surroundings): string[] {
  const [program = '', ...args] = how.command(how.place(example));
  const run = (input: string, more: Record<string, string>) =>
    spawnSync(program, args, {
      cwd: dir,
      env: { ...process.env, ...env, ...more },
      input,
      encoding: 'utf8',
      timeout: SNIPPET_MAX_MS,
    });
  const webhook = join(SNIPPETS, example, 'stdin.json');
  const payload = existsSync(webhook) ? readFileSync(webhook, 'utf8') : null;
  const done = run(payload ?? '', payload === null ? {} : headersOf(payload));
  const faults =
    done.status === 0 ? missingWords(example, done.stdout) : [`ended with ${done.status}: ${done.stderr}`.slice(0, 2_000)];
  if (payload !== null && run(`${payload} `, headersOf(payload)).status === 0)
    faults.push('took a body that was changed on its way');
  return faults.map((fault) => `${example}: ${fault}`);
}

/** Rust prints API words by their Rust names, so case and underscores are not compared. */
const bare = (text: string): string => text.toLowerCase().replaceAll(/[_\s]/g, '');

function missingWords(example: string, printed: string): string[] {
  const expected = readFileSync(join(SNIPPETS, example, 'expected.txt'), 'utf8')
    .trim()
    .split('\n');
  return expected
    .filter((line) => !bare(printed).includes(bare(line)))
    .map((line) => `did not print ${line}, but ${printed.slice(0, 500)}`);
}

function headersOf(payload: string): Record<string, string> {
  const { headers } = deliver({
    payload,
    tampered: undefined,
    id: 'evt_01KB7W6C8E1G4J7M0P3R6T9W2Z',
    at_s: 0,
    signed_with: [WEBHOOK_SECRET],
    secret: WEBHOOK_SECRET,
    headers: {},
    without: [],
    uppercase: false,
  });
  const named = Object.entries(headers).map(
    ([name, value]) => [`HTTP_${name.toUpperCase().replaceAll('-', '_')}`, value] as const,
  );
  return { ...Object.fromEntries(named), WEBHOOK_SECRET };
}
