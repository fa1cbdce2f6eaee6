// Tests that start the command line or a worker start what is shipped. Builds dist/ from the current sources once for the whole run.
import { bundle, isBundleFresh } from '../scripts/bundle.mjs';

export default async function setup(): Promise<void> {
  if (!isBundleFresh()) await bundle();
}
