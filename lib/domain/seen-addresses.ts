// Remembers which addresses of a file came already, and in which row first: 96-bit fingerprints in flat tables of numbers, 16 bytes a
// slot, so that a million addresses take at most 64 MB whatever they look like. Two of a million addresses share a fingerprint by
// chance once in 10^17 files.
const FIRST_SLOTS = 1 << 10;
const WORDS_A_SLOT = 4;
const MAX_FILL = 0.7;

export class SeenAddresses {
  private slots: Uint32Array;
  private mask: number;
  private count = 0;
  private readonly print = new Uint32Array(3);

  constructor(slots = FIRST_SLOTS) {
    this.slots = new Uint32Array(slots * WORDS_A_SLOT);
    this.mask = slots - 1;
  }

  /** The number kept with this text, 0 where it is new. Numbers are from 1. */
  find(text: string): number {
    fingerprint(text, this.print);
    return this.slots[this.slotOf(this.print) + 3] ?? 0;
  }

  /** Keeps a number, from 1, with a text; a text that is known changes its number. */
  set(text: string, n: number): void {
    fingerprint(text, this.print);
    if (this.put(this.print, n) && ++this.count > (this.mask + 1) * MAX_FILL) this.grow();
  }

  /** True where it is new. */
  private put(print: Uint32Array, n: number): boolean {
    const at = this.slotOf(print);
    const isNew = this.slots[at + 3] === 0;
    this.slots.set(print, at);
    this.slots[at + 3] = n;
    return isNew;
  }

  /** Where this fingerprint stands, or the free slot where it belongs. */
  private slotOf(print: Uint32Array): number {
    const { slots, mask } = this;
    const [a = 0, b, c] = print;
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      const at = slot * WORDS_A_SLOT;
      if (slots[at + 3] === 0 || (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c)) return at;
    }
  }

  private grow(): void {
    const old = this.slots;
    this.mask = this.mask * 2 + 1;
    this.slots = new Uint32Array((this.mask + 1) * WORDS_A_SLOT);
    for (let at = 0; at < old.length; at += WORDS_A_SLOT) {
      const n = old[at + 3] ?? 0;
      if (n !== 0) this.put(old.subarray(at, at + 3), n);
    }
  }
}

/** Three rounds of multiply and mix with different constants over the same letters. */
function fingerprint(text: string, into: Uint32Array): void {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  let c = 0xc2b2ae35;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x5bd1e995);
    a ^= a >>> 15;
    b = Math.imul(b ^ code, 0x01000193) + c;
    c = Math.imul(c ^ (code + (b >>> 16)), 0x27d4eb2f);
  }
  into[0] = finish(a ^ text.length);
  into[1] = finish(b ^ a);
  into[2] = finish(c ^ b);
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
