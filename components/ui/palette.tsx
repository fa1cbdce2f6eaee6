'use client';

// A list of choices, searched by typing. A button, ⌘K or Ctrl K opens it (palette-button.tsx). The dialog and its field are in the page
// from the start, so a letter typed right after the keys has a place to go; the choices may come later.
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { cn } from './cn';
import { PALETTE_OPENED } from './palette-button';
import { useEarlyChange } from './use-early-change';

export interface PaletteChoice {
  key: string;
  content: ReactNode;
  act: () => void;
}

interface PaletteProps {
  /** The name of the dialog and of its field. */
  label: string;
  placeholder: string;
  /** The choices that match the typed words, best first. */
  choicesFor: (words: string) => readonly PaletteChoice[];
  onOpen?: () => void;
  /** Shown instead of choices while these have not arrived. */
  note?: string | undefined;
}

/** Must be rendered where nothing hides it: a dialog that is open but not displayed would lock the page. */
export function Palette({ label, placeholder, choicesFor, onOpen, note }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [words, setWords] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  useOpened(dialog, () => {
    setIsOpen(true);
    onOpen?.();
  });
  const onClose = () => {
    setIsOpen(false);
    setWords('');
  };
  return (
    <dialog
      ref={dialog}
      data-palette
      // The inline script may already have opened it.
      suppressHydrationWarning
      aria-label={label}
      onClose={onClose}
      closedby="any"
      className="mx-auto mt-[15vh] w-[calc(100vw-2rem)] max-w-lg overflow-hidden rounded-dialog border border-hairline bg-float text-fg shadow-float backdrop:bg-scrim"
    >
      <Chooser
        label={label}
        placeholder={placeholder}
        words={words}
        onWords={setWords}
        choices={isOpen ? choicesFor(words) : []}
        onChoose={({ act }) => {
          dialog.current?.close();
          act();
        }}
        note={note}
      />
    </dialog>
  );
}

/** Calls `opened` when the palette opens, even if it was opened before the page was hydrated. */
function useOpened(dialog: RefObject<HTMLDialogElement | null>, opened: () => void): void {
  const latest = useRef(opened);
  useEffect(() => {
    latest.current = opened;
  });
  useEffect(() => {
    const { current } = dialog;
    const tell = () => latest.current();
    if (current?.open === true) tell();
    current?.addEventListener(PALETTE_OPENED, tell);
    return () => current?.removeEventListener(PALETTE_OPENED, tell);
  }, [dialog]);
}

interface ChooserProps extends Pick<PaletteProps, 'label' | 'placeholder' | 'note'> {
  words: string;
  onWords: (words: string) => void;
  choices: readonly PaletteChoice[];
  onChoose: (choice: PaletteChoice) => void;
}

const STEP_OF_KEY: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** A combobox as the ARIA practices describe it: the focus stays in the field, and the arrow keys move through the list. */
function Chooser({ label, placeholder, note, words, onWords, choices, onChoose }: ChooserProps) {
  const id = useId();
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const at = Math.min(active, choices.length - 1);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEP_OF_KEY[event.key];
    const chosen = choices[at];
    if (step === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (step !== undefined) setActive((at + step + choices.length) % Math.max(1, choices.length));
    else if (chosen !== undefined && !event.nativeEvent.isComposing) onChoose(chosen);
  };
  return (
    <>
      <input
        ref={useEarlyChange<HTMLInputElement>()}
        role="combobox"
        aria-label={label}
        aria-expanded={choices.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={choices.length > 0 ? `${id}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={words}
        onChange={(event) => {
          onWords(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        placeholder={placeholder}
        className="h-12 w-full border-b border-hairline bg-transparent px-4 text-lead outline-none placeholder:text-subtle"
      />
      {choices.length > 0 && (
        <div
          ref={list}
          role="listbox"
          id={`${id}-list`}
          aria-label={label}
          className="max-h-80 overflow-y-auto overscroll-contain p-2"
        >
          {choices.map((choice, index) => (
            <button
              key={choice.key}
              type="button"
              role="option"
              tabIndex={-1}
              id={`${id}-${index}`}
              aria-selected={index === at}
              onPointerMove={() => setActive(index)}
              onClick={() => onChoose(choice)}
              className="block w-full rounded-control px-2 text-left text-body aria-selected:bg-hover"
            >
              {choice.content}
            </button>
          ))}
        </div>
      )}
      <p role="status" className={cn('text-body text-muted', choices.length === 0 && 'px-4 py-8 text-center')}>
        {choices.length > 0 ? '' : (note ?? 'No results.')}
      </p>
    </>
  );
}
