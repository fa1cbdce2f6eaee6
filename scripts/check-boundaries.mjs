// Checks the import rules (dependency-cruiser.cjs). A run that read no modules is a failure, because the tool reports "no violations"
// when it can't read TypeScript at all.
import { existsSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import options from '../dependency-cruiser.cjs';

const ROOMS = ['app', 'components', 'content', 'lib', 'widget', 'worker', 'cli', 'scripts', 'simulators'];
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

if (import.meta.url === `file://${process.argv[1]}`) {
  const { modules, violations } = await checkBoundaries();
  for (const line of violations) console.error(line);
  console.log(`${modules} modules, ${violations.length} violations`);
  if (modules < FEWEST_MODULES || violations.length > 0) process.exit(1);
}
