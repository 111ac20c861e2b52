import { expect, test } from 'vitest'
import { runIdOf } from './run-id.ts'

test('a run is named by the ISO week that it reports, so that a restart finds it again', () => {
  expect(runIdOf('2026-11-16')).toBe('weekly-2026-W47')
  expect(runIdOf('2026-11-16')).toBe(runIdOf('2026-11-16'))
})

test('the week over the turn of a year belongs to one run', () => {
  expect(runIdOf('2026-12-28')).toBe('weekly-2026-W53')
  expect(runIdOf('2027-01-04')).toBe('weekly-2027-W01')
})
