import Link from 'next/link';
import type { LedgerLine } from '@/lib/credits/rules/ledger';
import { grantWords } from './ledger-copy';

const LINK = 'rounded-control hover:text-accent hover:underline hover:underline-offset-2';

/** What a line was for, with a link to it. If that was deleted, it is named without a link. */
export function LedgerCause({ line: { kind, cause, grantKind } }: { line: LedgerLine }) {
  if (cause.type === 'verification') return <Linked path="verifications" cause={cause} gone="A check that was deleted" />;
  if (cause.type === 'list') return <Linked path="lists" cause={cause} gone="A list that was deleted" />;
  if (kind === 'expire') return <>{grantWords(grantKind)}</>;
  if (cause.type === 'purchase' || (cause.type === 'plan' && grantKind !== 'monthly') || cause.type === 'refund') {
    return (
      <Link href="/billing" className={LINK}>
        {cause.type === 'refund' ? 'Returned payment' : grantWords(grantKind)}
      </Link>
    );
  }
  return <>{kind === 'grant' ? grantWords(grantKind) : 'Adjustment'}</>;
}

function Linked({ path, cause, gone }: { path: 'verifications' | 'lists'; cause: LedgerLine['cause']; gone: string }) {
  if (cause.label === null || cause.id === null) return <>{gone}</>;
  return (
    <Link href={`/${path}/${cause.id}`} data-row-link title={cause.label} className={LINK}>
      {path === 'verifications' ? <span className="font-mono">{cause.label}</span> : cause.label}
    </Link>
  );
}
