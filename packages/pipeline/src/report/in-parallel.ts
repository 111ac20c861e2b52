/** Works on several items at a time, begun in their order. After a fault no other is begun; what is under way is waited for, then it is thrown. */
export async function inParallel<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  const faults: unknown[] = []
  const lane = async () => {
    for (const item of queue) {
      if (faults.length > 0) return
      try {
        await work(item)
      } catch (error) {
        faults.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane))
  if (faults.length > 0) throw faults[0]
}
