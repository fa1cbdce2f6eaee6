import type { ReactNode } from 'react';
import { Card } from './card';
import { Skeleton } from './skeleton';

interface FormSkeletonProps {
  title: string;
  description?: ReactNode;
  /** How many fields the form has, each a label above a box. */
  fields: number;
  hasButton?: boolean;
}

/** A card with a form before its values arrive. The title is already there, and everything else has the size of the real form. */
export function FormSkeleton({
  title,
  description = <Skeleton className="w-72 max-w-full" />,
  fields,
  hasButton = true,
}: FormSkeletonProps) {
  return (
    <Card title={title} description={description}>
      <div className="flex max-w-md flex-col gap-4">
        {Array.from({ length: fields }, (_, index) => (
          <div key={index} className="flex flex-col gap-1.5">
            <Skeleton className="h-5 w-28" />
            <Skeleton className="h-9 w-full" />
          </div>
        ))}
        {hasButton && <Skeleton className="h-9 w-24" />}
      </div>
    </Card>
  );
}

/** A card with a few lines of text before the text arrives. */
export function TextSkeleton({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <Card title={title} className="h-full">
      <div className="flex flex-col gap-3">
        {lines.map((className) => (
          <Skeleton key={className} className={className} />
        ))}
      </div>
    </Card>
  );
}
