// tr46 ships no types; these are the two functions we use of it (UTS #46 processing).
declare module 'tr46' {
  interface Uts46Options {
    checkHyphens?: boolean;
    checkBidi?: boolean;
    checkJoiners?: boolean;
    useSTD3ASCIIRules?: boolean;
    verifyDNSLength?: boolean;
    transitionalProcessing?: boolean;
    ignoreInvalidPunycode?: boolean;
  }
  export function toASCII(domainName: string, options?: Uts46Options): string | null;
  export function toUnicode(domainName: string, options?: Uts46Options): { domain: string; error: boolean };
}
