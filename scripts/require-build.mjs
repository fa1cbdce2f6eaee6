// Checks before a process starts that it was built. Starting never builds, because a machine that only runs the product has no compiler.
// `node scripts/require-build.mjs NAME`
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const has = (path) => existsSync(fileURLToPath(new URL(`../${path}`, import.meta.url)));
const [, , name] = process.argv;

if (!has(`dist/${name}.js`) || (name === 'web' && !has('.next/BUILD_ID'))) {
  console.error('This is not built yet; run: npm run build');
  process.exit(1);
}
