// How work grows with size: the least-squares slope of log time over log size. One means in proportion.
import { round } from '../world/machine';

export function exponentOf(points: readonly { size: number; ms: number }[]): number | null {
  if (points.length < 2) return null;
  const logs = points.map(({ size, ms }) => ({ x: Math.log(size), y: Math.log(ms) }));
  const mean = (read: (point: { x: number; y: number }) => number): number =>
    logs.reduce((sum, point) => sum + read(point), 0) / logs.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const slope =
    logs.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) /
    logs.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  return round(slope, 2);
}
