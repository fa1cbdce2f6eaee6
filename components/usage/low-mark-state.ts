export type LowMarkState = { kind: 'idle' } | { kind: 'refused'; problem: string } | { kind: 'changed' };

export type ChangeLowMarkAction = (previous: LowMarkState, form: FormData) => Promise<LowMarkState>;
