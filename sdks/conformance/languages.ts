// The languages: the tools each one needs, how its SDK is built and checked, and its driver. Only build folders that git ignores are
// written to.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SDKS = fileURLToPath(new URL('..', import.meta.url));

export interface Language {
  name: string;
  /** How its user agent begins. */
  agent: string;
  /** Commands that have to be installed. */
  tools: readonly string[];
  /** Command lines, run in the SDK's folder. */
  build: readonly (readonly string[])[];
  drivers: readonly DriverCommand[];
}

interface DriverCommand {
  name: string;
  command: readonly string[];
  env?: Record<string, string>;
}

const TSC = join(SDKS, '../node_modules/typescript/bin/tsc');
const one = (name: string, command: readonly string[]): readonly DriverCommand[] => [{ name, command }];

export const LANGUAGES: readonly Language[] = [
  {
    name: 'typescript',
    agent: 'typescript',
    tools: ['node'],
    build: [
      ['node', TSC, '-p', '.'],
      ['node', TSC, '-p', 'conformance'],
    ],
    drivers: one('TypeScript', ['node', '--import', 'tsx', 'conformance/driver.ts']),
  },
  {
    name: 'python',
    agent: 'python',
    tools: ['python3'],
    build: [['python3', '-W', 'error', '-m', 'compileall', '-q', 'src', 'conformance']],
    drivers: [
      { name: 'Python', command: ['python3', 'conformance/driver.py'], env: { PYTHONPATH: 'src' } },
      { name: 'Python, async', command: ['python3', 'conformance/driver.py', '--async'], env: { PYTHONPATH: 'src' } },
    ],
  },
  {
    name: 'go',
    agent: 'go',
    tools: ['go'],
    build: [
      ['go', 'vet', './...'],
      ['go', 'build', '-o', 'build/driver', './conformance'],
    ],
    drivers: one('Go', ['build/driver']),
  },
  {
    name: 'java',
    agent: 'java',
    tools: ['java', 'mvn'],
    build: [['mvn', '-q', '-B', '-T1', 'test-compile', 'dependency:copy-dependencies', '-DincludeScope=runtime']],
    drivers: one('Java', [
      'java',
      '-cp',
      'target/classes:target/test-classes:target/dependency/*',
      'dev.emailverifier.ConformanceDriver',
    ]),
  },
  {
    name: 'rust',
    agent: 'rust',
    tools: ['cargo'],
    build: [['cargo', 'build', '--quiet', '--locked', '--example', 'conformance']],
    drivers: one('Rust', ['target/debug/examples/conformance']),
  },
  {
    name: 'php',
    agent: 'php',
    tools: ['php'],
    build: [],
    drivers: one('PHP', ['php', '-d', 'display_errors=stderr', 'conformance/driver.php']),
  },
  {
    name: 'ruby',
    agent: 'ruby',
    tools: ['ruby'],
    build: [],
    drivers: one('Ruby', ['ruby', '-w', '-Ilib', 'conformance/driver.rb']),
  },
];
