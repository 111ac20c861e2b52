/** What a step has yet to take, by its pace so far; empty until there is a pace. */
export function createEta(clock: () => number): (done: number, total: number) => string {
  let first: { readonly atMs: number; readonly done: number } | undefined
  return (done, total) => {
    const atMs = clock()
    first ??= { atMs, done }
    const pace = (done - first.done) / (atMs - first.atMs)
    if (!Number.isFinite(pace) || pace <= 0) return ''
    const seconds = Math.ceil((total - done) / pace / 1000)
    return seconds < 90 ? `about ${seconds} s to go` : `about ${Math.ceil(seconds / 60)} min to go`
  }
}
