'use client';

import { X } from 'lucide-react';
import { AlertDialog, Dialog as RadixDialog } from 'radix-ui';
import { useRef, useState, useTransition, type ReactNode } from 'react';
import { toast } from 'sonner';
import { cn } from './cn';
import { Button } from './button';
import { reach } from './connection/reach';

const OVERLAY = 'fixed inset-0 z-40 bg-scrim';
const PANEL =
  'fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-dialog border border-hairline bg-float p-5 shadow-float';

interface DialogProps {
  title: ReactNode;
  description?: ReactNode;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
  className?: string;
}

export function Dialog({ title, description, trigger, open, onOpenChange, children, className }: DialogProps) {
  const control = open === undefined ? {} : { open };
  // Opened by a link, a dialog has no trigger that the library would give the focus back to.
  const opener = useRef<Element | null>(null);
  return (
    <RadixDialog.Root {...control} {...(onOpenChange && { onOpenChange })}>
      {trigger !== undefined && <RadixDialog.Trigger asChild>{trigger}</RadixDialog.Trigger>}
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={OVERLAY} />
        <RadixDialog.Content
          className={cn(PANEL, className)}
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            if (trigger !== undefined || !(opener.current instanceof HTMLElement)) return;
            event.preventDefault();
            opener.current.focus();
          }}
          {...(description === undefined && { 'aria-describedby': undefined })}
        >
          <RadixDialog.Title className="pr-8 text-lead font-semibold">{title}</RadixDialog.Title>
          {description !== undefined && (
            <RadixDialog.Description className="mt-1 text-body text-muted">{description}</RadixDialog.Description>
          )}
          <RadixDialog.Close asChild>
            <Button variant="ghost" size="icon" aria-label="Close" className="absolute top-4 right-4">
              <X aria-hidden="true" className="size-4" />
            </Button>
          </RadixDialog.Close>
          <div className="mt-4">{children}</div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

interface ConfirmDialogProps {
  title: ReactNode;
  description: ReactNode;
  confirmLabel: string;
  /** The label of the way back. It must not be mistaken for the action: never "Cancel" if something is being canceled. */
  keepLabel: string;
  trigger: ReactNode;
  onConfirm: () => void | Promise<void>;
  danger?: boolean;
}

/** Asks before an action. Stays open with a spinner until the action is done. */
export function ConfirmDialog({
  title,
  description,
  confirmLabel,
  keepLabel,
  trigger,
  onConfirm,
  danger = false,
}: ConfirmDialogProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [isBusy, startTransition] = useTransition();
  const confirm = () =>
    startTransition(async () => {
      const isDone = await reach(
        async () => {
          await onConfirm();
          return true;
        },
        (problem) => {
          toast.error(problem);
          return false;
        },
      );
      if (isDone) setIsOpen(false);
    });
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={setIsOpen}>
      <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={OVERLAY} />
        <AlertDialog.Content className={PANEL}>
          <AlertDialog.Title className="text-lead font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 text-body text-muted">{description}</AlertDialog.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2 max-sm:*:grow">
            <AlertDialog.Cancel asChild>
              <Button variant="secondary">{keepLabel}</Button>
            </AlertDialog.Cancel>
            <Button variant={danger ? 'danger' : 'primary'} loading={isBusy} onClick={confirm}>
              {confirmLabel}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
