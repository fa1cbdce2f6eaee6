import type { Grade, GradeWeight } from '@/lib/verdict/grade';
import { GRADE_LABEL, GRADE_MEANING } from './grade-copy';

interface GradeWordsProps {
  grade: Grade;
  basis: readonly GradeWeight[];
}

/** The estimate whether a mailbox exists at a domain that accepts every name, and everything it is based on. */
export function GradeWords({ grade, basis }: GradeWordsProps) {
  return (
    <>
      <span className="font-medium">{GRADE_LABEL[grade]}</span>
      <span className="text-muted">: {GRADE_MEANING[grade]}</span>
      {basis.length > 0 && (
        <ul aria-label="What the grade rests on" className="mt-1 flex flex-col gap-1 text-muted">
          {basis.map(({ code, points, basis: words }) => (
            <li key={code} className="flex gap-2">
              <span className="w-9 shrink-0 text-right tabular-nums">{points > 0 ? `+${points}` : `−${-points}`}</span>
              <span className="min-w-0">{words}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
