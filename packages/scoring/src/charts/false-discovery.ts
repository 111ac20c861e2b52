/**
 * Benjamini and Hochberg 1995: the greatest p-value that may still be spoken of, when at most the share `q` of what is spoken of may be
 * false on average. With m p-values in order it is the last p_(i) <= i q / m; undefined when there is none.
 */
export function falseDiscoveryCut(pValues: readonly number[], q: number): number | undefined {
  const sorted = [...pValues].sort((a, b) => a - b)
  return sorted.findLast((p, i) => p <= ((i + 1) * q) / sorted.length)
}

export const CITY_FALSE_DISCOVERY = 0.1
