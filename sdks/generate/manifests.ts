// One version for all SDKs, in the file `sdks/version`, and each one's name at its registry, in `sdks/packages.json`. They are written into
// each language's package files; the version also into user agents.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Files } from './emit';

/** What is written is in the capture group of each pattern's first match. */
type Places = Readonly<Record<string, RegExp>>;

const VERSIONS: Places = {
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

const NAMES: Places = {
  'typescript/package.json': /"name": "([^"]+)"/,
  'python/pyproject.toml': /^name = "([^"]+)"/m,
  'go/go.mod': /^module (\S+)/m,
  'java/pom.xml': /<artifactId>([^<]+)<\/artifactId>/,
  'rust/Cargo.toml': /^name = "([^"]+)"/m,
  'php/composer.json': /"name": "([^"]+)"/,
  'ruby/email_verifier.gemspec': /spec\.name = '([^']+)'/,
};

export function emitManifests(folder: string): Files {
  const version = readFileSync(`${folder}/version`, 'utf8').trim();
  const names = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(`${folder}/packages.json`, 'utf8')));
  const files: Record<string, string> = {};
  const write = (places: Places, valueFor: (language: string) => string | undefined): void => {
    for (const [path, pattern] of Object.entries(places)) {
      const text = files[path] ?? readFileSync(`${folder}/${path}`, 'utf8');
      const value = valueFor(path.slice(0, path.indexOf('/')));
      if (value === undefined || !pattern.test(text)) throw new Error(`${path} has no place for ${value ?? 'a name'}`);
      files[path] = text.replace(pattern, (found, old: string) => found.replace(old, value));
    }
  };
  write(VERSIONS, () => version);
  write(NAMES, (language) => names[language]);
  return files;
}
