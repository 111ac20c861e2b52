import { expect, it } from 'vitest'
import type { FoldedStore, PendingChange } from '../ports/folded-store.ts'
import { emptyTables } from './empty-tables.ts'

it('writes the changes that time will bring, and no row that would take back what never stood', async () => {
  const written: PendingChange[] = []
  const nothing = async () => {}
  const store: FoldedStore = {
    writePersonDays: nothing,
    writeComplaints: nothing,
    writeUnits: nothing,
    writeCoaching: nothing,
    writeFindings: nothing,
    writePending: async (changes) => {
      written.push(...changes)
    },
    pendingUntil: async () => [],
    entitiesOfUnits: async () => ['asked for'],
    unitsWrittenAfter: async () => ['asked for'],
    clockMark: async () => undefined,
    setClockMark: nothing,
  }
  const tables = emptyTables(store)
  const due = { entity: 'complaint|1', changeAtMs: 1_780_000_000_000 }
  await tables.writePending([due, { entity: 'complaint|2', changeAtMs: undefined }], '2026-06-01 00:00:00')
  expect(written).toEqual([due])
  expect(await tables.entitiesOfUnits(['A'], '2026-06-01 00:00:00')).toEqual([])
  expect(await tables.unitsWrittenAfter(['A'], '2026-06-01 00:00:00')).toEqual([])
})
