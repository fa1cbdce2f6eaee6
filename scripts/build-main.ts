// `npm run build`: builds everything that the processes need to run without a compiler: the programs under dist/ and the web app under
// .next/. Whatever did not change since the last build is left alone.
import { build, isBuildStale } from './build';
import { bundle, isBundleFresh } from './bundle.mjs';

try {
  if (!isBundleFresh()) await bundle({ clean: true });
  if (isBuildStale()) await build();
  console.log('Built. Next: npm run migrate, then npm run start:worker and npm run start:web');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
