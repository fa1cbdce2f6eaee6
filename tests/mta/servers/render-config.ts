// Writes a server's configuration from its committed folder, with @NAME@ filled in. Throws for a name without a value.
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function renderConfig(from: string, to: string, values: Record<string, string | number>): void {
  mkdirSync(to, { recursive: true });
  chmodSync(to, 0o755);
  for (const name of readdirSync(from)) {
    const text = readFileSync(join(from, name), 'utf8').replaceAll(/@([A-Z_]+)@/g, (_, key: string) => {
      const value = values[key];
      if (value === undefined) throw new Error(`${join(from, name)} wants @${key}@, which is not set.`);
      return String(value);
    });
    writeFileSync(join(to, name), text, { mode: 0o644 });
  }
}
