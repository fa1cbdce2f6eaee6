// `node --import tsx sdks/measure.ts [language …]`: for each SDK, its own lines, its size including dependencies, and its cold start: the
// time of a program that loads it and builds a client, less the time of one that does nothing. Build them first: `npm run test:sdks`, and
// `cargo build --release` in sdks/rust. Dependencies compiled into a program do not count as installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SDKS } from './conformance/languages';

interface Program {
  name: string;
  text: string;
  empty: string;
}

interface Measured {
  name: string;
  folder: string;
  source: RegExp;
  /** Folders that a user installs. */
  installed: readonly string[];
  program: Program;
  run: (file: string) => readonly string[];
  /** Builds the program that is run. */
  build?: (file: string) => readonly string[];
}

const RUNS = 25;
/** Python caches what it compiles; keep that cache out of our folders. */
const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '', PYTHONPYCACHEPREFIX: join(tmpdir(), 'sdks-pycache') };
const scratch = mkdtempSync(join(tmpdir(), 'sdks-measure-'));
const sdk = (path: string): string => join(SDKS, path);
const CLASSPATH = `${sdk('java/target/classes')}:${sdk('java/target/dependency')}/*`;

const MEASURED: readonly Measured[] = [
  {
    name: 'TypeScript',
    folder: 'typescript/src',
    source: /\.ts$/,
    installed: ['typescript/dist'],
    program: {
      name: 'main.mjs',
      text: `import { EmailVerifier } from '${sdk('typescript/dist/index.js')}';\nnew EmailVerifier('evk_test_x');\n`,
      empty: '',
    },
    run: (file) => ['node', file],
  },
  {
    name: 'Python',
    folder: 'python/src',
    source: /\.py$/,
    installed: ['python/src'],
    program: {
      name: 'main.py',
      text: `import sys\nsys.path.insert(0, '${sdk('python/src')}')\nfrom email_verifier import EmailVerifier\nEmailVerifier('evk_test_x')\n`,
      empty: '',
    },
    run: (file) => ['python3', file],
  },
  {
    name: 'Go',
    folder: 'go',
    source: /^(?!conformance).*\.go$/,
    installed: [],
    program: {
      name: 'main.go',
      text: 'package main\n\nimport ev "github.com/email-verifier/email-verifier-go"\n\nfunc main() {\n\tif _, err := ev.NewClient(ev.WithAPIKey("evk_test_x")); err != nil {\n\t\tpanic(err)\n\t}\n}\n',
      empty: 'package main\n\nfunc main() {}\n',
    },
    build: (file) => ['go', 'build', '-C', sdk('go'), '-o', `${file}.out`, file],
    run: (file) => [`${file}.out`],
  },
  {
    name: 'Java',
    folder: 'java/src/main',
    source: /\.java$/,
    installed: ['java/target/classes', 'java/target/dependency'],
    program: {
      name: 'Main.java',
      text: 'public class Main { public static void main(String[] args) { dev.emailverifier.EmailVerifier.of("evk_test_x"); } }\n',
      empty: 'public class Main { public static void main(String[] args) {} }\n',
    },
    build: (file) => ['javac', '-cp', CLASSPATH, '-d', `${file}.out`, file],
    run: (file) => ['java', '-cp', `${file}.out:${CLASSPATH}`, 'Main'],
  },
  {
    name: 'PHP',
    folder: 'php/src',
    source: /\.php$/,
    installed: ['php/src'],
    program: {
      name: 'main.php',
      text: `<?php\nspl_autoload_register(fn ($class) => require '${sdk('php/src')}/' . strtr(substr($class, 14), '\\\\', '/') . '.php');\nnew EmailVerifier\\Client('evk_test_x');\n`,
      empty: '<?php\n',
    },
    run: (file) => ['php', file],
  },
  {
    name: 'Ruby',
    folder: 'ruby/lib',
    source: /\.rb$/,
    installed: ['ruby/lib'],
    program: {
      name: 'main.rb',
      text: `require '${sdk('ruby/lib/email_verifier')}'\nEmailVerifier::Client.new('evk_test_x')\n`,
      empty: '',
    },
    run: (file) => ['ruby', file],
  },
  {
    name: 'Rust',
    folder: 'rust/src',
    source: /\.rs$/,
    installed: [],
    program: {
      name: 'main.rs',
      text: 'fn main() {\n    email_verifier::Client::builder().api_key("evk_test_x").build().unwrap();\n}\n',
      empty: 'fn main() {}\n',
    },
    build: (file) => [
      ...['rustc', '--edition', '2021', '-O', '-L', `dependency=${sdk('rust/target/release/deps')}`, '-o', `${file}.out`],
      ...['--extern', `email_verifier=${sdk('rust/target/release/libemail_verifier.rlib')}`, file],
    ],
    run: (file) => [`${file}.out`],
  },
];

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !path.includes('__pycache__') && statSync(join(folder, path)).isFile(),
  );

const isGenerated = (text: string): boolean =>
  /^(?:\/\/|#|<\?php\s*\/\/|\/\/ Code) ?.*[Gg]enerated (?:by sdks|from)/.test(
    text.slice(0, 200).replace('# frozen_string_literal: true\n\n', ''),
  );

function linesOf(folder: string, source: RegExp): { own: number; generated: number } {
  const counted = { own: 0, generated: 0 };
  for (const path of filesUnder(folder).filter((file) => source.test(file))) {
    const text = readFileSync(join(folder, path), 'utf8');
    counted[isGenerated(text) ? 'generated' : 'own'] += text.split('\n').length - 1;
  }
  return counted;
}

const sizeOf = (path: string): number => filesUnder(path).reduce((sum, file) => sum + statSync(join(path, file)).size, 0);

/** The command for a program, which is built first if necessary. */
function prepare(measured: Measured, text: string, folder: string): readonly string[] {
  const file = join(mkdtempSync(join(scratch, folder)), measured.program.name);
  writeFileSync(file, text);
  const [builder, ...args] = measured.build?.(file) ?? [];
  if (builder !== undefined) execFileSync(builder, args);
  return measured.run(file);
}

function timeOf([command = '', ...args]: readonly string[]): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return performance.now() - began;
}

/** The fastest of several runs of each program, in turn, in milliseconds, because other processes share the machine. */
function coldStartOf(measured: Measured): number {
  const full = prepare(measured, measured.program.text, 'with-');
  const empty = prepare(measured, measured.program.empty, 'without-');
  const times = Array.from({ length: RUNS }, () => [timeOf(full), timeOf(empty)] as const);
  return Math.max(0, Math.min(...times.map(([time]) => time)) - Math.min(...times.map(([, time]) => time)));
}

console.log('| SDK | own lines | generated lines | installed, kB | cold start, ms |\n|---|---|---|---|---|');
try {
  const wanted = process.argv.slice(2);
  for (const measured of MEASURED.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    const { own, generated } = linesOf(sdk(measured.folder), measured.source);
    const size = measured.installed.reduce((sum, path) => sum + sizeOf(sdk(path)), 0);
    const installed = size === 0 ? '–' : Math.round(size / 1_000);
    console.log(`| ${measured.name} | ${own} | ${generated} | ${installed} | ${coldStartOf(measured).toFixed(0)} |`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
