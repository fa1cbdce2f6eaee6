export function leaveStartOfWork(startedAt: number): void;
export function takeStartOfWork(): number | null;
