// What is known of a domain without asking its mail hosts: what DNS and the lists say.
import { z } from 'zod';

export const domainFactsSchema = z.strictObject({
  /** Null: the name servers gave no answer. */
  exists: z.boolean().nullable(),
  /** Whether it says where its mail goes; null as above. */
  acceptsMail: z.boolean().nullable(),
  /** By preference, and up to a number. */
  hosts: z.array(z.string()),
  /** It has no MX, and its own address takes the mail. */
  isImplicit: z.boolean(),
  provider: z.string().nullable(),
  gateway: z.boolean(),
  disposable: z.boolean(),
  relay: z.boolean(),
  free: z.boolean(),
  didYouMean: z.string().nullable(),
});
export type DomainFacts = z.infer<typeof domainFactsSchema>;
