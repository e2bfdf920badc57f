/** Tasks side by side, results one after another in the order of the tasks: how many run at once never shows. */

/**
 * Runs a task for each item, at most `jobs` at a time.
 *
 * @param isLast whether nothing after this result counts; results of later tasks, begun or not, are dropped
 * @returns the results in the order of the items, up to the last
 */
export async function inOrder<Item, Result>(
  items: readonly Item[], jobs: number, task: (item: Item) => Promise<Result>, isLast: (result: Result) => boolean,
): Promise<Result[]> {
  const begun: Promise<Result>[] = [];
  const results: Result[] = [];
  const begin = () => {
    const promise = task(items[begun.length]!);
    // One that is never waited for must not bring the process down.
    promise.catch(() => {});
    begun.push(promise);
  };
  for (let next = 0; next < items.length; next++) {
    while (begun.length < Math.min(items.length, next + jobs)) begin();
    const result = await begun[next]!;
    results.push(result);
    if (isLast(result)) break;
  }
  return results;
}
