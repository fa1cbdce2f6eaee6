// The queue's tasks of credits: grants, expiry and notices. Each may run twice, and the second run changes nothing.
import { grantDuePlanMonths } from '@/lib/billing/months';
import { auditLedgers, checkLowBalance, mailLowBalance } from '@/lib/credits/balance';
import { giveFreeCredits, grantDueMonths, noteOperatorsMailbox } from '@/lib/credits/free-credits';
import { expireDueGrants } from '@/lib/credits/grants';
import type { JudgeMailbox } from '@/lib/credits/rules/free';
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Log } from '@/lib/platform/log';
import { siteLink } from '@/lib/platform/mail/compose';
import { emitEvent } from '@/lib/webhooks/emit';
import type { TaskDefinition } from '../task';

export const createGrantMonthly = (log: Log, judge: JudgeMailbox): TaskDefinition<'grant-monthly'> => ({
  name: 'grant-monthly',
  run: async () => {
    const now = new Date();
    log.info({ free: await grantDueMonths(now, judge), yearly: await grantDuePlanMonths(now) }, 'monthly credits granted');
  },
});

export const createGiveFreeCredits = (judge: JudgeMailbox): TaskDefinition<'give-free-credits'> => ({
  name: 'give-free-credits',
  run: async ({ workspaceId, areGiven }) => {
    const now = new Date();
    if (areGiven) await noteOperatorsMailbox({ workspaceId }, now);
    else await giveFreeCredits({ workspaceId }, now, judge);
  },
});

export const createExpireGrants = (log: Log): TaskDefinition<'expire-grants'> => ({
  name: 'expire-grants',
  run: async () => log.info({ credits: await expireDueGrants() }, 'credits expired'),
});

export const checkLowBalanceTask: TaskDefinition<'check-low-balance'> = {
  name: 'check-low-balance',
  run: checkLowBalance,
};

export const emitLowBalanceTask: TaskDefinition<'emit-low-balance'> = {
  name: 'emit-low-balance',
  run: ({ workspaceId, lowAt, available, threshold }) => {
    const data = { available, threshold, url: siteLink('/usage') };
    const event = { type: 'credits.low', sourceKey: `credits.low:${lowAt}`, data } as const;
    return inTransaction((tx) => emitEvent({ workspaceId }, event, tx));
  },
};

export const emitBudgetExceededTask: TaskDefinition<'emit-budget-exceeded'> = {
  name: 'emit-budget-exceeded',
  run: ({ workspaceId, apiKeyId, keyName, month, budget, spent, held, at }) => {
    const data = { key_id: apiKeyId, key_name: keyName, month, budget, spent, held, url: siteLink('/keys') };
    const event = { type: 'budget.exceeded', sourceKey: `budget.exceeded:${apiKeyId}:${at}`, data } as const;
    return inTransaction((tx) => emitEvent({ workspaceId }, event, tx));
  },
};

export const mailLowBalanceTask: TaskDefinition<'mail-low-balance'> = {
  name: 'mail-low-balance',
  run: mailLowBalance,
};

export const createAuditLedgers = (log: Log): TaskDefinition<'audit-ledgers'> => ({
  name: 'audit-ledgers',
  run: async () => {
    for (const workspace of await auditLedgers()) log.error({ workspace }, 'the ledger does not add up');
  },
});
