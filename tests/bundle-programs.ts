// Tests that start the command line or a worker start what is shipped: dist/ holds what lies here now, once for the whole run.
import { bundle, isBundleFresh } from '../scripts/bundle.mjs';

export default async function setup(): Promise<void> {
  if (!isBundleFresh()) await bundle();
}
