/** The largest difference of service between two classes, within a time in which both had requests waiting. */
import { describe, expect, it } from 'vitest';
import { Ledger } from '../../../src/engine/books/ledger.ts';
import { classesOf } from '../../support.ts';

/** Output tokens cost 2 each. */
function serve(ledger: Ledger, classIndex: number, tokens: number): void {
  for (let token = 0; token < tokens; token++) ledger.token(classIndex);
  ledger.settle(1);
}

function contended(classes: number): Ledger {
  const ledger = new Ledger(classesOf(Array.from({ length: classes }, () => 1)));
  ledger.wait(0);
  ledger.wait(1);
  return ledger;
}

describe('the largest service difference', () => {
  it('begins anew when two classes begin to wait together anew', () => {
    const ledger = contended(2);
    serve(ledger, 0, 5);
    ledger.leave(0);
    ledger.wait(0);
    serve(ledger, 1, 5);
    expect(ledger.largestDifference).toBe(10);
  });

  it('goes on while they wait: one ahead, then the other', () => {
    const ledger = contended(2);
    serve(ledger, 0, 5);
    serve(ledger, 1, 7);
    expect(ledger.largestDifference).toBe(14);
  });

  it('is kept of up to 12 classes', () => {
    for (const [classes, difference] of [[12, 2], [13, null]] as const) {
      const ledger = contended(classes);
      serve(ledger, 0, 1);
      expect([classes, ledger.largestDifference]).toEqual([classes, difference]);
    }
  });
});
