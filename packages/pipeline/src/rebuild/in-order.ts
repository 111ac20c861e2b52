/**
 * Works on several items at once and settles them in their order: whatever `settled` is told of has everything before it done too.
 * Ends with the first error, once nothing is under way any more.
 */
export async function inOrder<T>(
  items: AsyncIterable<T> | Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
  settled: (item: T) => Promise<void>,
): Promise<void> {
  const underWay: { readonly item: T; readonly done: Promise<void> }[] = []
  const settleFirst = async () => {
    const [first] = underWay
    if (first === undefined) return
    await first.done
    underWay.shift()
    await settled(first.item)
  }
  try {
    for await (const item of items) {
      const done = work(item)
      done.catch(() => {}) // it is thrown when its turn comes
      underWay.push({ item, done })
      if (underWay.length >= atOnce) await settleFirst()
    }
    while (underWay.length > 0) await settleFirst()
  } finally {
    await Promise.allSettled(underWay.map(({ done }) => done))
  }
}
