import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, valueDigest } from '../../src/gate/canonical.ts';

describe('the digest of a value', () => {
  it('does not see the order of keys, nor fields that are not there', async () => {
    const one = { engine: { maxBatchSize: 8, kvCache: undefined }, classes: [{ name: 'high', weight: 1 }] };
    const other = { classes: [{ weight: 1, name: 'high' }], engine: { maxBatchSize: 8 } };
    expect(await valueDigest(one)).toBe(await valueDigest(other));
  });

  it('sees everything else', async () => {
    const values = [{ a: 1 }, { a: 2 }, { b: 1 }, { a: '1' }, { a: [1] }, { a: [1, 2] }, { a: [2, 1] }, { a: null }, {}, [], null, { a: { b: 1 } }, { 'a.b': 1 }];
    expect(new Set(await Promise.all(values.map(valueDigest))).size).toBe(values.length);
  });

  it('is over JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }));
  });
});
