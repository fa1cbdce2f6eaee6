// `node --import tsx sdks/generate/main.ts [--check]`: writes the models of all SDKs from the API's schemas, the version from
// `sdks/version` and the packages' names from `sdks/packages.json`. With `--check` it writes nothing, and fails if a file differs from what it would write.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emitGo } from './go';
import { emitJava } from './java';
import { emitManifests } from './manifests';
import { readModels } from './models';
import { emitPhp } from './php';
import { emitPython } from './python';
import { emitPythonAsync } from './python-async';
import { emitRuby } from './ruby';
import { emitRust } from './rust';
import { emitTypeScript } from './typescript';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));
const isCheck = process.argv.includes('--check');

const models = readModels();
const emitters = [emitTypeScript, emitPython, emitGo, emitJava, emitRust, emitPhp, emitRuby];
const generated = [...emitters.map((emit) => emit(models)), emitPythonAsync(FOLDER), emitManifests(FOLDER)];

const stale = generated
  .flatMap((files) => Object.entries(files))
  .filter(([path, text]) => {
    const file = join(FOLDER, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
for (const [path, text] of stale) {
  if (isCheck) console.error(`sdks/${path} is not what the API's schemas, sdks/version and sdks/packages.json make of it`);
  else {
    mkdirSync(dirname(join(FOLDER, path)), { recursive: true });
    writeFileSync(join(FOLDER, path), text);
    console.log(`wrote sdks/${path}`);
  }
}
if (isCheck && stale.length > 0) {
  console.error('Run: node --import tsx sdks/generate/main.ts');
  process.exitCode = 1;
}
