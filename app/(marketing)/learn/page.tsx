import type { Metadata } from 'next';
import Link from 'next/link';
import { LEARN_ARTICLES } from '@/content/learn/articles';

export const metadata: Metadata = {
  title: 'Learn',
  description: 'How email verification works, one question a page.',
  alternates: { canonical: '/learn' },
};

export default function LearnPage() {
  return (
    <div className="mx-auto max-w-5xl px-4 py-12 sm:px-6 sm:py-16">
      <h1 className="text-display font-semibold tracking-tight">Learn</h1>
      <p className="mt-2 max-w-2xl text-lead text-muted">How email verification works, one question a page.</p>
      <ul className="mt-8 divide-y divide-hairline border-y border-hairline">
        {LEARN_ARTICLES.map((article) => (
          <li key={article.slug}>
            <Link href={`/learn/${article.slug}`} className="group block py-5">
              <h2 className="text-section font-semibold group-hover:text-accent">{article.title}</h2>
              <p className="mt-1 max-w-2xl text-body text-muted">{article.description}</p>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
