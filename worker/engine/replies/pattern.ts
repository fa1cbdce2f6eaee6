// Builds the rules' regular expressions from vocabularies, so that a rule reads as subject and predicate.
// Promises one plain alternation; refuses flags, because the text is normalized before it is matched.

/** A group of alternatives as a pattern source. */
export const any = (...alternatives: readonly string[]): string => `(?:${alternatives.join('|')})`;

/** An expression that matches where any of the sources does. */
export const rx = (...alternatives: readonly string[]): RegExp => new RegExp(alternatives.join('|'));

/** A whole word: not part of a longer word or of a host name. */
export const word = (...alternatives: readonly string[]): string =>
  `(?<![a-z0-9.-])${any(...alternatives)}(?![a-z0-9]|[.-][a-z0-9])`;
