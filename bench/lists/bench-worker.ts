// Runs the worker as shipped against the servers of a benchmark, and measures what it cost.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { bundle, isBundleFresh } from '../../scripts/bundle.mjs';
import type { World } from '../world/start-world';
import { cpuMsOf, peakMbOf, rssMbOf } from './process-figures';

export interface BenchWorker {
  cpuMs: () => number;
  peakMb: () => number;
  rssMb: () => number;
  stop: () => Promise<void>;
}

export interface WorkerOptions {
  world: World;
  databaseUrl: string;
  /** Where to write a profile of its CPU time. */
  profileDir?: string | undefined;
  /** V8 options such as `--max-old-space-size=1024`; by default, those that workers are started with. */
  nodeOptions?: readonly string[] | undefined;
}

/** The options with which `npm start`, the image and the units start a worker. */
const AS_STARTED = ['--max-old-space-size=1024', '--enable-source-maps'];

export async function startBenchWorker({
  world,
  databaseUrl,
  profileDir,
  nodeOptions = AS_STARTED,
}: WorkerOptions): Promise<BenchWorker> {
  if (!isBundleFresh()) await bundle();
  const { settings } = world;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    NODE_ENV: 'production',
    MALLOC_ARENA_MAX: '2',
    APP_MODE: 'local',
    LOG_LEVEL: 'info',
    MAIL_SANDBOX: 'off',
    AUTH_SECRET: settings.AUTH_SECRET,
    DNS_SERVERS: settings.DNS_SERVERS.join(','),
    SMTP_PORT: String(settings.SMTP_PORT),
    SMTP_ALLOWED_PRIVATE_NETS: settings.SMTP_ALLOWED_PRIVATE_NETS.join(','),
    SENDING_IDENTITIES: JSON.stringify(settings.SENDING_IDENTITIES),
  };
  const profile: string[] = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
  const child = spawn(process.execPath, [...nodeOptions, ...profile, 'dist/worker.js'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  await new Promise<void>((ready, failed) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes('"ready"')) ready();
      else process.stderr.write(chunk);
    });
    void exited.then(() => failed(new Error('the worker did not start')));
  });
  const pid = child.pid ?? 0;
  return {
    cpuMs: () => cpuMsOf(pid),
    peakMb: () => peakMbOf(pid),
    rssMb: () => rssMbOf(pid),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
