// Checks who imports whom (dependency-cruiser.cjs). A run that read no modules is a failure: the tool reports "no violations"
// when it can't read TypeScript at all. What is in known-imports.txt is known and shrinks: a new one fails, and so does one that is gone
// and still listed.
import { existsSync, readFileSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import options from '../dependency-cruiser.cjs';

const ROOMS = ['app', 'components', 'content', 'lib', 'worker', 'cli', 'scripts', 'simulators'];
const FEWEST_MODULES = 30;

/** Cruises the rooms under a folder and returns the number of modules and the violations, one line each. */
export async function checkBoundaries(baseDir = process.cwd(), rooms = ROOMS) {
  const { output } = await cruise(
    rooms.filter((room) => existsSync(`${baseDir}/${room}`)),
    { ...options.options, validate: true, ruleSet: { forbidden: options.forbidden }, baseDir },
    {},
    { tsConfig: extractTSConfig('tsconfig.json') },
  );
  const violations = output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  return { modules: output.summary.totalCruised, violations };
}

/** What is wrong with the violations that were found, as lines. */
export function compareWithKnown(violations, known) {
  return [
    ...violations.filter((line) => !known.includes(line)),
    ...known.filter((line) => !violations.includes(line)).map((line) => `no longer there, take it off the list: ${line}`),
  ];
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const { modules, violations } = await checkBoundaries();
  const list = readFileSync(new URL('known-imports.txt', import.meta.url), 'utf8');
  const known = list.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const problems = compareWithKnown(violations, known);
  for (const line of problems) console.error(line);
  console.log(`${modules} modules, ${known.length} known violations, ${problems.length} problems`);
  if (modules < FEWEST_MODULES || problems.length > 0) process.exit(1);
}
