export interface NamedUnit {
  readonly unitId: string
  readonly name: string
}

/** Units that somebody who typed `text` may have meant, by id or by name, the nearest first; those equally near by id. */
export function nearUnits(text: string, units: readonly NamedUnit[], most = 5): readonly NamedUnit[] {
  const asked = text.toLowerCase()
  return units
    .map((unit) => ({ unit, away: Math.min(away(asked, unit.unitId), away(asked, unit.name)) }))
    .filter((one) => one.away <= 2)
    .sort((a, b) => a.away - b.away || (a.unit.unitId < b.unit.unitId ? -1 : 1))
    .slice(0, most)
    .map(({ unit }) => unit)
}

/** Letters to change; a part of a name or id that was typed in full is as near as one slip. */
function away(asked: string, given: string): number {
  const name = given.toLowerCase()
  const slips = editDistance(asked, name)
  return asked.length >= 3 && (name.includes(asked) || (name.length >= 3 && asked.includes(name)))
    ? Math.min(1, slips)
    : slips
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
