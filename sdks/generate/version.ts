// One version for all SDKs, in the file `sdks/version`. It is written into each language's package files and user agents.
import { readFileSync } from 'node:fs';
import type { Files } from './emit';

/** The version is in the capture group of each pattern's first match. */
const PLACES: Readonly<Record<string, RegExp>> = {
  'typescript/package.json': /"version": "([^"]+)"/,
  'typescript/src/version.ts': /VERSION = '([^']+)'/,
  'python/pyproject.toml': /^version = "([^"]+)"/m,
  'python/src/email_verifier/_version.py': /VERSION = "([^"]+)"/,
  'go/version.go': /Version = "([^"]+)"/,
  'java/pom.xml': /<version>([^<]+)<\/version>/,
  'java/src/main/java/dev/emailverifier/Version.java': /VERSION = "([^"]+)"/,
  'rust/Cargo.toml': /^version = "([^"]+)"/m,
  'php/src/Version.php': /VERSION = '([^']+)'/,
  'ruby/lib/email_verifier/version.rb': /VERSION = '([^']+)'/,
};

export function emitVersion(folder: string): Files {
  const version = readFileSync(`${folder}/version`, 'utf8').trim();
  return Object.fromEntries(
    Object.entries(PLACES).map(([path, pattern]) => {
      const text = readFileSync(`${folder}/${path}`, 'utf8');
      if (!pattern.test(text)) throw new Error(`${path} has no place for the version`);
      return [path, text.replace(pattern, (found, old: string) => found.replace(old, version))];
    }),
  );
}
