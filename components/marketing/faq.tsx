import { ChevronDown } from 'lucide-react';

export interface Question {
  question: string;
  /** Plain text, because search engines also get it as structured data. */
  answer: string;
}

export function Faq({ questions }: { questions: readonly Question[] }) {
  return (
    <div className="divide-y divide-hairline border-y border-hairline">
      {questions.map((item) => (
        <details key={item.question} className="group">
          <summary className="flex list-none items-center justify-between gap-4 py-4 text-lead font-medium">
            <span className="text-balance">{item.question}</span>
            <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted transition-transform group-open:rotate-180" />
          </summary>
          <p className="max-w-3xl pb-5 text-lead text-muted">{item.answer}</p>
        </details>
      ))}
    </div>
  );
}
