import 'server-only'

/** Runs `work` over all items, so many at once. The first failure ends it, after what is under way. */
export async function runBounded<T>(
  atOnce: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  const worker = async () => {
    for (const item of queue) await work(item)
  }
  const workers = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  const failed = workers.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}
