// What is known about a domain without asking its mail hosts: what DNS and the lists say.
import { z } from 'zod';

export const domainFactsSchema = z.strictObject({
  /** Null if the name servers gave no answer. */
  exists: z.boolean().nullable(),
  /** Whether the domain says where its mail goes; null as above. */
  acceptsMail: z.boolean().nullable(),
  /** In order of preference, limited in number. */
  hosts: z.array(z.string()),
  /** The domain has no MX record, so its own address takes the mail. */
  isImplicit: z.boolean(),
  provider: z.string().nullable(),
  gateway: z.boolean(),
  disposable: z.boolean(),
  relay: z.boolean(),
  free: z.boolean(),
  didYouMean: z.string().nullable(),
});
export type DomainFacts = z.infer<typeof domainFactsSchema>;
