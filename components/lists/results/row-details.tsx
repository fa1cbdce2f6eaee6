import Link from 'next/link';
import type { ReactNode } from 'react';
import { BreakableName } from '@/components/ui/breakable-name';
import { LocalTime } from '@/components/ui/local-time';
import { decidingLayer } from '@/components/verification/deciding-layer';
import { EvidenceTimeline } from '@/components/verification/evidence-timeline';
import { FLAG_LABEL } from '@/components/verification/flag-copy';
import { GradeWords } from '@/components/verification/grade';
import { LayerTimeline } from '@/components/verification/layer-timeline';
import { VerdictHero } from '@/components/verification/verdict-hero';
import { costWords } from '@/components/verification/verdict-summary';
import type { ListRowView, ListView } from '@/lib/lists/rules/view';
import { FLAG_NAMES } from '@/lib/verdict/verdict';
import { formatCount } from '@/lib/platform/numbers';
import { providerLabel } from '@/lib/verdict/provider-names';

interface RowDetailsProps {
  list: ListView;
  row: ListRowView;
  hrefOf: (row: number) => string;
}

/** A row's verdict with everything that led to it, and the row as it is in the file. */
export function RowDetails({ list, row, hrefOf }: RowDetailsProps) {
  const isPending = row.status === 'pending';
  const deciding = decidingLayer(row.reason, row.layers);
  return (
    <div className="flex flex-col gap-6">
      <div className="overflow-hidden rounded-card border border-hairline bg-card">
        <VerdictHero verdict={row} policy={list.policy} deciding={deciding} note={noteOf(row)} />
      </div>
      {!isPending && <Facts list={list} row={row} />}
      {row.duplicates.length > 0 && <Duplicates rows={row.duplicates} hrefOf={hrefOf} />}
      <Section title="In the file">
        <Cells list={list} cells={row.cells} />
      </Section>
      {row.layers.length > 0 && (
        <Section title="Layers">
          <LayerTimeline layers={row.layers} isRepeated={row.cached} isAsking={false} deciding={deciding} />
        </Section>
      )}
      <Section title="Evidence">
        <EvidenceTimeline evidence={row.evidence} askedAt={null} isPending={isPending} deciding={deciding} />
      </Section>
    </div>
  );
}

/** What the row is waiting for; undefined once it has a verdict. */
function noteOf(row: ListRowView): ReactNode {
  if (row.retryAt !== null) {
    return (
      <>
        No answer yet: the server asked us to come back, it could not be reached, or we limit how much we ask one mail host. Next
        try at <LocalTime iso={row.retryAt} />.
      </>
    );
  }
  return row.status === 'pending' ? 'It was not asked yet.' : undefined;
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0 border-t border-hairline pt-5">
      <h3 className="mb-4 text-table font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Facts({ list, row }: { list: ListView; row: ListRowView }) {
  const raised = FLAG_NAMES.filter((name) => row.flags[name] === true);
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-table">
      {row.didYouMean !== null && (
        <Fact name="Did you mean">
          <BreakableName name={row.didYouMean} />
        </Fact>
      )}
      {row.grade !== null && (
        <Fact name="Grade">
          <GradeWords grade={row.grade} basis={row.gradeBasis} />
        </Fact>
      )}
      {row.mxHost !== null && (
        <Fact name="Mail host">
          <BreakableName name={row.mxHost} />
          {row.provider !== null && <span className="text-muted"> · {providerLabel(row.provider)}</span>}
        </Fact>
      )}
      {raised.length > 0 && <Fact name="Flags">{raised.map((name) => FLAG_LABEL[name]).join(', ')}</Fact>}
      {row.checkedAt !== null && (
        <Fact name={row.cached ? 'Remembered from' : 'Checked'}>
          <LocalTime iso={row.checkedAt} show="both" />
        </Fact>
      )}
      {row.status !== 'pending' && (
        <Fact name="Cost">
          {costWords({ creditsCharged: row.creditsCharged, cached: row.cached, status: row.status, test: list.test })}
        </Fact>
      )}
    </dl>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{name}</dt>
    <dd className="min-w-0 tabular-nums">{children}</dd>
  </>
);

function Duplicates({ rows, hrefOf }: { rows: readonly number[]; hrefOf: (row: number) => string }) {
  return (
    <p className="text-table text-muted">
      The same mailbox stands in {rows.length === 1 ? 'row' : 'rows'}{' '}
      {rows.map((row, at) => (
        <span key={row}>
          {at > 0 && ', '}
          <Link href={hrefOf(row)} scroll={false} prefetch={false} className="text-accent underline underline-offset-2">
            {formatCount(row)}
          </Link>
        </span>
      ))}
      . It was verified and charged once.
    </p>
  );
}

function Cells({ list, cells }: { list: ListView; cells: readonly string[] }) {
  if (cells.length === 0) return <p className="text-table text-muted">Only the address.</p>;
  return (
    <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-6 gap-y-2 text-table">
      {cells.map((cell, at) => {
        const name = list.columns[at]?.name ?? '';
        return (
          <Fact key={at} name={name === '' ? `Column ${at + 1}` : name}>
            <span className="break-words whitespace-pre-wrap">{cell === '' ? '–' : cell}</span>
          </Fact>
        );
      })}
    </dl>
  );
}
