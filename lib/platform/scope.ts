// Whose rows are meant: the first argument of every store function that reads or writes a customer's rows.

export interface Scope {
  workspaceId: string;
}

/** Owns the checks of visitors without an account (created by the first migration). */
export const VISITORS_WORKSPACE_ID = 'visitors';
