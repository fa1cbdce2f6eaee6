import type { LearnArticle } from './article';
import { smtpVerification } from './smtp-verification';

/** In the order of the list on /learn. */
export const LEARN_ARTICLES: readonly LearnArticle[] = [smtpVerification];

export const findArticle = (slug: string): LearnArticle | null => LEARN_ARTICLES.find((article) => article.slug === slug) ?? null;
