// Runs the whole product, of this checkout or of another one, on a scratch folder and a free port for as long as a measurement takes.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../scripts/embedded-postgres';

export interface BenchProduct {
  url: string;
  /** For the command line, so that it finds this product's database. */
  env: NodeJS.ProcessEnv;
  supervisorPid: number;
  folder: string;
}

export async function withProduct(work: (product: BenchProduct) => Promise<void>, folder = process.cwd()): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-'));
  chmodSync(dataDir, 0o755);
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, APP_MODE: 'local', LOG_LEVEL: 'warn', DATABASE_URL: '' };
  const product = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    env,
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((done) => product.once('exit', () => done()));
  try {
    await new Promise<void>((ready, failed) => {
      product.stdout.on('data', (chunk: Buffer) => {
        if (chunk.includes('ready after')) ready();
      });
      void exited.then(() => failed(new Error('the product did not start')));
    });
    await work({ url: `http://localhost:${port}`, env, supervisorPid: product.pid ?? 0, folder });
  } finally {
    product.kill('SIGTERM');
    await exited;
    rmSync(dataDir, { recursive: true, force: true });
  }
}
