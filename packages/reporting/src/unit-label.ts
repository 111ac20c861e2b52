import { plainLine } from './plain-line.ts'
import type { ReportUnit } from './report-input.ts'

// "5 Ilir" and "1 Ulu" are names of kelurahan, and a sentence that has them alone is hard to read.
const TYPE_WORD: Record<ReportUnit['type'], string> = { kelurahan: 'Kelurahan', kecamatan: 'Kecamatan', upt: '' }

/** `Kelurahan 5 Ilir`, whether or not the directory's name already says the type. */
export function unitLabel(unit: Pick<ReportUnit, 'name' | 'type'>): string {
  const word = TYPE_WORD[unit.type]
  const name = bareName(unit)
  return word === '' ? name : `${word} ${name}`
}

/** The name without the word for its type, as it follows the post: `Lurah 5 Ilir`. */
export function bareName(unit: Pick<ReportUnit, 'name' | 'type'>): string {
  const name = plainLine(unit.name)
  const word = TYPE_WORD[unit.type]
  if (word === '' || !name.toLowerCase().startsWith(`${word.toLowerCase()} `)) return name
  return name.slice(word.length + 1)
}

/** The post as it stands before a name: `Kepala UPTD` and `UPTD DLH Sako` meet as `Kepala UPTD DLH Sako`. */
export function postBefore(headRole: string, name: string): string {
  const words = headRole.split(' ')
  const last = words.at(-1)?.toLowerCase() ?? ''
  const repeats = words.length > 1 && name.toLowerCase().startsWith(`${last} `)
  return repeats ? words.slice(0, -1).join(' ') : headRole
}
