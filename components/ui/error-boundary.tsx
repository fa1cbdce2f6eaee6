'use client';

import { CircleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Button } from './button';

interface Props {
  /** What failed, as in "The credits could not be loaded." */
  message: string;
  children: ReactNode;
  /** Shows only the sentence, for narrow places. */
  inline?: boolean;
}

/** Keeps the failure of a panel inside that panel. */
export class ErrorBoundary extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    if (this.props.inline === true) return <span role="alert">{this.props.message}</span>;
    return (
      <div
        role="alert"
        className="flex flex-wrap items-center justify-between gap-3 rounded-card border border-hairline bg-card p-4 sm:p-5"
      >
        <p className="flex items-center gap-2 text-body">
          <CircleAlert aria-hidden="true" className="size-4 shrink-0 text-danger" />
          {this.props.message}
        </p>
        <Button variant="secondary" size="sm" onClick={() => window.location.reload()}>
          Try again
        </Button>
      </div>
    );
  }
}
