// Builds the form widget: one script without dependencies, served from an address that other people's pages link to.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SCRIPT = 'public/widget/v1.js';

async function widgetScript(): Promise<Uint8Array> {
  // Loaded here because only a build needs it, and `npm start` imports this file and has to be quick.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['widget/main.ts'],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error('The widget was built to nothing.');
  return script.contents;
}

export async function buildWidget(): Promise<void> {
  const path = join(ROOT, SCRIPT);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, await widgetScript());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWidget();
