// The machine that a figure was measured on; every figure names it.
import { cpus } from 'node:os';

export const machine = () => ({ cpu: cpus()[0]?.model.trim() ?? '', cores: cpus().length, node: process.version });

export const round = (value: number, digits = 0): number => Number(value.toFixed(digits));

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
