// Whose rows: the first argument of every data function that reads or writes a customer's rows.

export interface Scope {
  workspaceId: string;
}

/** Owner of the checks that visitors make without an account (made by the first migration). */
export const VISITORS_WORKSPACE_ID = 'visitors';
