// Runs a client as a separate process against a world, and reports what both sides saw.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { nextMessage, since, type World } from '../world/start-world';
import { reportSchema, type PlanInput, type Report } from './plan';

export type ClientName = 'engine-client' | 'minimal-client' | 'offline-client';

export interface ClientRun extends Report {
  seen: ReturnType<typeof since>;
}

export async function runClient(name: ClientName, world: World, plan: Omit<PlanInput, 'settings'>): Promise<ClientRun> {
  const full: PlanInput = { ...plan, settings: { ...world.settings, AUTH_SECRET: world.settings.AUTH_SECRET } };
  const child = fork(new URL(`${name}.ts`, import.meta.url), [JSON.stringify(full)]);
  const exited = once(child, 'exit');
  await firstOf(child, exited, name);
  const before = await world.figures();
  child.send('go');
  const report = reportSchema.parse(await firstOf(child, exited, name));
  const seen = since(before, await world.figures());
  await exited;
  return { ...report, seen };
}

function firstOf(child: ReturnType<typeof fork>, exited: Promise<unknown>, name: string): Promise<unknown> {
  const gone = exited.then(() => Promise.reject(new Error(`${name} ended before it reported`)));
  return Promise.race([nextMessage(child), gone]);
}
