// Counts checks that passed and failed, and prints each failure as it is found. False `undeliverable` answers are counted separately,
// because that error costs a customer a reader.
export class Report {
  private passed = 0;
  private failed = 0;
  private addresses = 0;
  private falselyUndeliverable = 0;

  check(isRight: boolean, what: string): void {
    if (isRight) this.passed += 1;
    else {
      this.failed += 1;
      console.error(`  FAILED  ${what}`);
    }
  }

  countAddress({ isFalselyUndeliverable }: { isFalselyUndeliverable: boolean }): void {
    this.addresses += 1;
    if (isFalselyUndeliverable) this.falselyUndeliverable += 1;
  }

  /** Prints the closing lines; returns true if nothing failed. */
  close(more: string): boolean {
    console.log(`${this.addresses} answers, ${this.falselyUndeliverable} of them falsely undeliverable${more}`);
    console.log(`${this.passed} checks passed, ${this.failed} failed`);
    return this.failed === 0;
  }
}
