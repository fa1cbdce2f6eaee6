// `npm run build`: everything that the parts need to run without a compiler: the programs under dist/, the web app under .next/. What did
// not change since the last build is left as it is.
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
