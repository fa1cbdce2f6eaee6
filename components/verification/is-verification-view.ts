import { isStatus } from '@/lib/verdict/verdict';
import type { VerificationView } from '@/lib/verdict/verification';

/**
 * Whether a value from our own server is a verification. Checks only what the screens rely on: a full schema would cost every visitor more
 * bytes than the rest of the page.
 */
export function isVerificationView(value: unknown): value is VerificationView {
  if (typeof value !== 'object' || value === null) return false;
  if (!('id' in value && 'email' in value && 'status' in value && 'layers' in value && 'evidence' in value && 'flags' in value))
    return false;
  return (
    typeof value.id === 'string' &&
    typeof value.email === 'string' &&
    typeof value.status === 'string' &&
    isStatus(value.status) &&
    Array.isArray(value.layers) &&
    Array.isArray(value.evidence) &&
    typeof value.flags === 'object' &&
    value.flags !== null
  );
}

/** The verification in a JSON text, or null if it is not one. */
export function parseVerification(text: string): VerificationView | null {
  try {
    const value: unknown = JSON.parse(text);
    return isVerificationView(value) ? value : null;
  } catch {
    return null;
  }
}
