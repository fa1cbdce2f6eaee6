// Counts what held and what did not, and prints each failure as it is found.
export class Report {
  private passed = 0;
  private failed = 0;

  check(isRight: boolean, what: string): void {
    if (isRight) this.passed += 1;
    else {
      this.failed += 1;
      console.error(`  FAILED  ${what}`);
    }
  }

  /** The closing line; true when nothing failed. */
  close(): boolean {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0;
  }
}
