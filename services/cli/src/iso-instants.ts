/** The same value with each `...Ms` (epoch milliseconds) as `...At` (ISO 8601, UTC): what `--json` prints. */
export function isoInstants(value: object): object
export function isoInstants(value: unknown): unknown
export function isoInstants(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((part: unknown) => isoInstants(part))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => {
      const stem = /^(.*?)(?:At|at)?Ms$/.exec(name)?.[1]
      if (stem === undefined) return [name, isoInstants(part)]
      const instant = stem === '' ? 'at' : `${stem}At`
      return [instant, typeof part === 'number' ? new Date(part).toISOString() : part]
    }),
  )
}
