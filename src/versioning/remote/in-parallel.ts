/**
 * Runs `work` on every item, at most `jobs` at the same time. The first error ends it: what runs is waited for,
 * nothing new begins.
 */
export async function inParallel<T>(items: Iterable<T>, jobs: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items[Symbol.iterator]();
  let isBroken = false;
  const lane = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true && !isBroken; next = queue.next()) {
      try {
        await work(next.value);
      } catch (error) {
        isBroken = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: jobs }, lane));
  const failed = lanes.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
