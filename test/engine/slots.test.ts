/** Slots finish in the order of their last token, however many steps have been counted. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Slots } from '../../src/engine/slots.ts';

/** All that finish, with their step, while so many steps are taken at once. */
function finished(slots: Slots, from: number): [request: number, step: number][] {
  const found: [number, number][] = [];
  for (let step = from; slots.taken > 0;) {
    const steps = slots.stepsToFinish();
    slots.advance(steps);
    step += steps;
    for (let request = slots.finished(); request >= 0; request = slots.finished()) found.push([request, step]);
  }
  return found;
}

it('also where steps would outgrow exact integers', () => {
  // Of four slots, steps are multiplied by 4: 2^51 steps are beyond 2^52.
  for (const before of [0, 2 ** 49, 2 ** 50, 2 ** 51 - 2]) {
    const slots = new Slots(4);
    slots.take(0, before + 10);
    slots.advance(before);
    slots.take(1, 7);
    slots.take(2, 2 ** 51 - 3);
    slots.advance(3);
    slots.take(3, 4);
    expect(finished(slots, 3), String(before)).toEqual([[1, 7], [3, 7], [0, 10], [2, 2 ** 51 - 3]]);
  }
});

it('as a plain list would say', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 9 }), (lengths) => {
    const slots = new Slots(lengths.length);
    lengths.forEach((steps, request) => slots.take(request, steps));
    expect(finished(slots, 0)).toEqual(lengths.map((steps, request): [number, number] => [request, steps]).sort(([a, x], [b, y]) => x - y || a - b));
  }), { numRuns: 50 });
});
