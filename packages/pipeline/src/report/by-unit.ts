/** Rows of many units, told apart. */
export function byUnit<T extends { readonly unitId: string }>(rows: readonly T[]): (unitId: string) => readonly T[] {
  const map = new Map<string, T[]>()
  for (const row of rows) {
    const list = map.get(row.unitId)
    if (list === undefined) map.set(row.unitId, [row])
    else list.push(row)
  }
  return (unitId) => map.get(unitId) ?? []
}
