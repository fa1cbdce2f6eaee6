// How many young questions a DNS server may have, learned as TCP learns it: fewer by half when a good part of the answers of a round was
// late or needed a second question, a few more after a round that was clean. A round is as many answers as there are places. What is never
// answered does not count: that is a name whose own servers are silent, and says nothing of this one.
import { DNS_WINDOW } from '@/lib/platform/limits';

export class QuestionWindow {
  private size: number = DNS_WINDOW.most;
  private answers = 0;
  private late = 0;

  get places(): number {
    return this.size;
  }

  answered({ isLate }: { isLate: boolean }): void {
    this.answers += 1;
    if (isLate) this.late += 1;
    if (this.answers < this.size) return;
    const lateShare = this.late / this.answers;
    if (lateShare > DNS_WINDOW.lateShareOfCut) this.size = Math.max(DNS_WINDOW.least, Math.floor(this.size / 2));
    else if (lateShare <= DNS_WINDOW.lateShareOfGrowth) this.size = Math.min(DNS_WINDOW.most, this.size + DNS_WINDOW.growth);
    this.answers = 0;
    this.late = 0;
  }
}
