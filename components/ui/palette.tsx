'use client';

// A list to choose from by typing: a button and ⌘K or Ctrl K open it (palette-button.tsx). The dialog and its field are part of the page from
// the start, so a letter that is typed right after the keys has a place to go; what there is to choose may come later.
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
  /** The dialog's and its field's name. */
  label: string;
  placeholder: string;
  /** What fits the typed words, best first. */
  choicesFor: (words: string) => readonly PaletteChoice[];
  onOpen?: () => void;
  /** Said instead of choices, where these have not come. */
  note?: string | undefined;
}

/** Stands where nothing hides it: a dialog that is open but not drawn would lock the page. */
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
      // It may have been opened before.
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

/** Told when it is opened, also where that was before the page was alive. */
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

/** A combobox, as the ARIA practices describe it: the focus stays in the field, and arrows move along the list. */
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
