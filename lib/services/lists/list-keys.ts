// The names under which a list's run is known to the queue, the ledger and the webhooks: the same cause never works, charges or
// tells twice.

export const ingestJobKey = (listId: string): string => `ingest:${listId}`;
export const planJobKey = (listId: string): string => `plan:${listId}`;
export const tokenJobKey = (listId: string, token: number | string): string => `chunk:${listId}:${token}`;
export const finishJobKey = (listId: string): string => `finish:${listId}`;
export const mailJobKey = (listId: string, run: number): string => `mail-list:${listId}:${run}`;
export const purgeJobKey = (listId: string): string => `purge-list:${listId}`;
/** A second time, later: what somebody wrote while the first went by. */
export const purgeAgainJobKey = (listId: string): string => `purge-list:${listId}:again`;
export const expiryMailJobKey = (listId: string): string => `mail-list-expiry:${listId}`;
export const resumeJobKey = (workspaceId: string): string => `resume-lists:${workspaceId}`;

export const listHoldKey = (listId: string, run: number): string => `list:${listId}:${run}`;
export const listCaptureKey = (listId: string, run: number, part: number): string => `list:${listId}:${run}:${part}`;
export const readyEventKey = (listId: string): string => `job:${listId}:ready`;
export const listEventKey = (listId: string, run: number): string => `job:${listId}:${run}:ended`;
