// The linter's settings find what they are there for. Each violation is planted in its own file, outside the project.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';

const PLANTED: Record<string, string> = {
  'typescript(TS2322)': `export const count: number = 'one';`,
  'typescript(no-floating-promises)': `export const forget = () => { Promise.resolve(1); };`,
  'typescript(no-unsafe-assignment)': `export const parsed: number = JSON.parse('1');`,
  'typescript(no-explicit-any)': `export const anything = (value: any) => String(value);`,
  'typescript(no-unnecessary-condition)': `export const never = (text: string) => text ?? 'none';`,
  'typescript(consistent-type-assertions)': `export const cast = { a: 1 } as { a: number };`,
  'typescript(consistent-type-imports)': `import { Socket } from 'node:net';\nexport type Peer = Socket;`,
  'house(settings-have-one-reader)': `declare const process: { env: Record<string, string> };\nexport const url = process.env.DATABASE_URL;`,
  'house(rows-are-parsed)': `declare const db: { query: <T>(sql: string) => T };\nexport const rows = db.query<number[]>('SELECT 1');`,
  'eslint(max-params)': `export const sum = (a: number, b: number, c: number, d: number, e: number) => a + b + c + d + e;`,
  'eslint(eqeqeq)': `export const isSame = (a: string, b: string) => a == b;`,
};
const folder = mkdtempSync(join(tmpdir(), 'lint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const report = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

it('finds every planted violation, and nothing else in the file that has none', () => {
  const compilerOptions = { strict: true, module: 'esnext', moduleResolution: 'bundler', target: 'es2023', types: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  const fileOf = (rule: string) => `${rule.replaceAll(/\W+/g, '-')}.ts`;
  for (const [rule, source] of Object.entries(PLANTED)) writeFileSync(join(folder, fileOf(rule)), `${source}\n`);
  writeFileSync(join(folder, 'clean.ts'), 'export const one = 1;\n');
  const root = process.cwd();
  const args = [join(root, 'node_modules/oxlint/bin/oxlint'), '-c', join(root, '.oxlintrc.json'), '-f', 'json', '.'];
  // The linter finds its program for types there.
  const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH },
  });
  expect(stdout, stderr).toMatch(/^\s*\{/);
  const found = report.parse(JSON.parse(stdout)).diagnostics.map(({ code, filename }) => `${filename}: ${code}`);
  for (const rule of Object.keys(PLANTED)) expect(found).toContain(`${fileOf(rule)}: ${rule}`);
  expect(found.filter((line) => line.startsWith('clean'))).toEqual([]);
  expect(status).toBe(1);
});
