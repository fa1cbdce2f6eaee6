import Link from 'next/link';
import { GRADE_LABEL } from '@/components/verification/grade-copy';
import type { ListView } from '@/lib/lists/rules/view';
import { formatCount } from '@/lib/platform/numbers';
import { type Grade, GRADES } from '@/lib/verdict/grade';

/** The addresses at catch-all domains, counted by grade. Each number links to its rows. */
export function GradeLine({ list }: { list: ListView }) {
  const { countsByReason, countsByGrade } = list.progress;
  const total = countsByReason.catch_all ?? 0;
  if (total === 0) return null;
  return (
    <p aria-label="Grades" className="mt-3 text-table text-muted tabular-nums">
      <span className="font-medium text-fg">{formatCount(total)}</span> at domains that accept every name:{' '}
      {GRADES.filter((grade) => countsByGrade[grade] > 0).map((grade, at) => (
        <span key={grade} className="whitespace-nowrap">
          {at > 0 && ', '}
          <Count list={list} grade={grade} />
        </span>
      ))}
      . An estimate; each row says what it rests on.
    </p>
  );
}

function Count({ list, grade }: { list: ListView; grade: Grade }) {
  const words = `${formatCount(list.progress.countsByGrade[grade])} ${GRADE_LABEL[grade].toLowerCase()}`;
  if (list.status === 'expired') return words;
  return (
    <Link href={`/lists/${list.id}?grade=${grade}#results`} className="rounded-control text-accent underline underline-offset-2">
      {words}
    </Link>
  );
}
