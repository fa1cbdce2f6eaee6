'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { STATUS_LABEL } from '@/components/verification/reason-sentence';
import { StatusIcon } from '@/components/verification/status-icon';
import { isSettled } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { FINAL_STATUSES, type Status } from '@/lib/verdict/verdict';
import { formatCount } from '@/lib/platform/numbers';

const TILE = 'block h-full w-full rounded-card border border-hairline px-3 py-2 text-left';

/** Each verdict with its count. Pressing a tile filters the table below to its rows; pressing it again shows all rows. */
export function VerdictTiles({ list }: { list: ListView }) {
  const { counts, total, processed, retrying } = list.progress;
  const toCome = total - processed - retrying;
  return (
    <ul
      aria-label="Verdicts"
      className="mt-4 grid grid-cols-2 gap-2 sm:auto-cols-fr sm:grid-flow-col sm:grid-cols-none max-sm:[&>li:last-child:nth-child(odd)]:col-span-2"
    >
      {FINAL_STATUSES.map((status) => (
        <Tile key={status} list={list} status={status} label={STATUS_LABEL[status]} value={counts[status]} />
      ))}
      {retrying > 0 && <Tile list={list} status="pending" label="Waiting" value={retrying} />}
      {toCome > 0 && (
        <TileBox>
          <Figure status="pending" label={isSettled(list.status) ? 'Not checked' : 'Remaining'} value={toCome} total={total} />
        </TileBox>
      )}
    </ul>
  );
}

interface TileProps {
  list: ListView;
  status: Status;
  label: string;
  value: number;
}

function Tile({ list, status, label, value }: TileProps) {
  const router = useRouter();
  const search = useSearchParams();
  const isPressed = search.get('status') === status;
  const { total } = list.progress;
  const figure = <Figure status={status} label={label} value={value} total={total} />;
  if (list.status === 'expired' || (value === 0 && !isPressed)) return <TileBox>{figure}</TileBox>;
  const toggle = () => {
    const next = new URLSearchParams(search);
    // A reason or grade belongs to another verdict, and a page or open row to other rows.
    for (const name of ['status', 'reason', 'grade', 'cursor', 'row']) next.delete(name);
    if (!isPressed) next.set('status', status);
    const query = next.size === 0 ? '' : `?${next.toString()}`;
    router.push(`/lists/${list.id}${query}${isPressed ? '' : '#results'}`, { scroll: !isPressed });
  };
  return (
    <li>
      <button
        type="button"
        aria-pressed={isPressed}
        onClick={toggle}
        className={`${TILE} transition-colors hover:bg-raised aria-pressed:border-accent aria-pressed:bg-info-tint`}
      >
        {figure}
      </button>
    </li>
  );
}

const TileBox = ({ children }: { children: ReactNode }) => (
  <li>
    <div className={TILE}>{children}</div>
  </li>
);

function Figure({ status, label, value, total }: { status: Status; label: string; value: number; total: number }) {
  return (
    <>
      <span className="flex items-center gap-1.5 text-table text-muted">
        <StatusIcon status={status} className="size-3.5" />
        {label}
      </span>
      <span className="text-section font-semibold tabular-nums">{formatCount(value)}</span>
      {total > 0 && <span className="ml-1.5 text-table text-muted tabular-nums">{percentWords(value, total)}</span>}
    </>
  );
}

/** Rounded, but a value above zero is never shown as zero. */
function percentWords(value: number, total: number): string {
  const percent = (value / total) * 100;
  if (value > 0 && percent < 0.1) return '<0.1%';
  return `${percent < 10 && value > 0 ? percent.toFixed(1) : Math.round(percent)}%`;
}
