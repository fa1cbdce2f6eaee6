'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Palette, type PaletteChoice } from '@/components/ui/palette';

interface Place {
  href: string;
  page: string;
  heading: string;
  words: string;
}
type Index = readonly Place[] | 'loading' | 'failed';

/** Finds sections of the documentation by their words. The index is fetched when the search is first opened. */
export function DocsSearch() {
  const router = useRouter();
  const [index, setIndex] = useState<Index>('failed');
  const load = () => {
    if (index !== 'failed') return;
    setIndex('loading');
    fetchIndex().then(setIndex, () => setIndex('failed'));
  };
  const choicesFor = (typed: string): readonly PaletteChoice[] =>
    typeof index === 'string' ? [] : ranked(index, typed).map((place) => choice(place, () => router.push(place.href)));
  return (
    <Palette
      label="Search the docs"
      placeholder="Search the docs"
      choicesFor={choicesFor}
      onOpen={load}
      note={typeof index === 'string' ? NOTES[index] : undefined}
    />
  );
}

const NOTES = {
  loading: 'Loading…',
  failed: 'The search could not be loaded. Close it and open it again, or use the list.',
};

const choice = ({ href, page, heading }: Place, act: () => void): PaletteChoice => ({
  key: href,
  act,
  content: (
    <span className="block py-1.5">
      <span className="block">{heading}</span>
      {heading !== page && <span className="block text-table text-muted">{page}</span>}
    </span>
  ),
});

async function fetchIndex(): Promise<readonly Place[]> {
  const response = await fetch('/api/docs-search');
  if (!response.ok) throw new Error(`the index of the search answered ${response.status}`);
  const places: unknown = await response.json();
  if (!Array.isArray(places) || !places.every(isPlace)) throw new Error('the index of the search is no list of places');
  return places;
}

const isPlace = (value: unknown): value is Place =>
  typeof value === 'object' &&
  value !== null &&
  ['href', 'page', 'heading', 'words'].every((name) => typeof Reflect.get(value, name) === 'string');

/** The sections that contain all of the words, best first. */
function ranked(index: readonly Place[], typed: string): readonly Place[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return index
    .map((place) => ({ place, score: scoreOf(place, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ place }) => place);
}

/** A word counts most in the heading, less in the page's title, least in the text. */
function scoreOf({ heading, page, words: text }: Place, words: readonly string[]): number {
  const places = [heading, page, text].map((place) => place.toLowerCase());
  const best = words.map((word) => 1 / (places.findIndex((place) => place.includes(word)) + 1));
  return best.some((value) => !Number.isFinite(value)) ? 0 : Math.max(1 / 3, ...best);
}
