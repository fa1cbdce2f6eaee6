'use client';

import { useId, useSyncExternalStore, type KeyboardEvent } from 'react';
import { cn } from '@/components/ui/cn';
import { isLanguageId, LANGUAGES, type LanguageId } from '@/content/docs/languages';
import { Code, CodeFrame } from './code-panel';

const STORED = 'docs-language';
const CHANGED = 'docs-language-changed';

interface CodeTabsProps {
  label: string;
  code: Readonly<Record<LanguageId, string>>;
}

/**
 * One example in each language. The choice is remembered and applies to every example. Without JavaScript, all languages are shown one
 * below the other, each with its name.
 */
export function CodeTabs({ label, code }: CodeTabsProps) {
  const id = useId();
  const chosen = useSyncExternalStore(listen, readLanguage, () => LANGUAGES[0].id);
  return (
    <CodeFrame
      copied={code[chosen].trimEnd()}
      label={label}
      bar={
        <div
          role="tablist"
          aria-label={label}
          data-remembers={STORED}
          className="flex overflow-x-auto px-2 [@media(scripting:none)]:hidden"
        >
          {LANGUAGES.map((language) => (
            <button
              key={language.id}
              type="button"
              role="tab"
              id={`${id}-${language.id}-tab`}
              aria-controls={`${id}-${language.id}`}
              aria-selected={language.id === chosen}
              tabIndex={language.id === chosen ? 0 : -1}
              onClick={() => chooseLanguage(language.id)}
              onKeyDown={moveByKey}
              className={cn(
                'h-10 border-b-2 px-2 text-table whitespace-nowrap -outline-offset-2 transition-colors',
                language.id === chosen
                  ? 'border-accent font-medium text-fg'
                  : 'border-transparent text-muted hover:border-control hover:text-fg',
              )}
            >
              {language.label}
            </button>
          ))}
        </div>
      }
    >
      {LANGUAGES.map((language) => (
        <div
          key={language.id}
          role="tabpanel"
          id={`${id}-${language.id}`}
          aria-labelledby={`${id}-${language.id}-tab`}
          className={cn(language.id !== chosen && 'hidden [@media(scripting:none)]:block')}
        >
          <p className="hidden px-4 pt-3 text-table font-medium [@media(scripting:none)]:block">{language.label}</p>
          <Code code={code[language.id].trimEnd()} label={`${label}, ${language.label}`} language={language.fence} />
        </div>
      ))}
    </CodeFrame>
  );
}

function listen(tell: () => void): () => void {
  window.addEventListener(CHANGED, tell);
  window.addEventListener('storage', tell);
  return () => {
    window.removeEventListener(CHANGED, tell);
    window.removeEventListener('storage', tell);
  };
}

/** Kept in memory as well, because a browser may refuse storage. */
let lastChosen: LanguageId | null = null;

function readLanguage(): LanguageId {
  try {
    const stored = localStorage.getItem(STORED);
    if (stored !== null && isLanguageId(stored)) return stored;
  } catch {
    // The browser refuses storage: the choice lasts as long as the page.
  }
  return lastChosen ?? LANGUAGES[0].id;
}

function chooseLanguage(language: LanguageId): void {
  lastChosen = language;
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Same as above.
  }
  window.dispatchEvent(new Event(CHANGED));
}

const STEP_OF_KEY: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** Arrow keys move between the tabs, as the ARIA practices for tabs describe. */
function moveByKey(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = STEP_OF_KEY[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const tabs = [...(event.currentTarget.parentElement?.querySelectorAll<HTMLButtonElement>('[role=tab]') ?? [])];
  const next = tabs.at((tabs.indexOf(event.currentTarget) + step) % tabs.length);
  next?.focus();
  next?.click();
}
