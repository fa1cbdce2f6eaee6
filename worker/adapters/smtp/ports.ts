// What the adapter needs from others while it talks to a mail host: where to connect, and what words mean. The reply functions are the
// engine's own, passed in so that the dialogue can be tested without the rules.
import type { ReplyMeaning, ReplyStage } from '@/lib/verdict/evidence';
import type { Provider } from '@/lib/verdict/mail-host';

/** Where to connect to reach an address; a sandbox maps its addresses to loopback ports here. */
export interface DialTarget {
  host: string;
  port: number;
  localAddress: string | null;
}
export type DialRoute = (address: string, port: number, localAddress: string | null) => DialTarget;

export interface Judgement {
  meaning: ReplyMeaning;
  rule: string | null;
}
export interface JudgedReply {
  stage: ReplyStage;
  code: number;
  enhanced: string | null;
  text: string;
  /** Provider id */
  provider: string | null;
}
export type ClassifyReply = (reply: JudgedReply) => Judgement;
export type RedactReply = (text: string, names: { address: string; localPart: string; ownNames: readonly string[] }) => string;
export type RecognizeProvider = (seen: { mxHosts: readonly string[]; greeting: string | null }) => Provider | null;
