export interface Machine {
  os: string;
  cpu: string;
  libc: string | undefined;
}
export function isInstalled(root: string, machine?: Machine, isForRunning?: boolean): boolean;
