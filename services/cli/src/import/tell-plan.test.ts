import type { ImportPlan } from '@bina/pipeline/import/plan-import'
import { describe, expect, it } from 'vitest'
import { mappingProblemLine, nextStep, tellPlan } from './tell-plan.ts'

const plan: ImportPlan = {
  kind: 'plan',
  rows: 12,
  good: 9,
  bad: 2,
  leftOut: 1,
  repeated: 0,
  events: { 'bina.directory.unit.v1': 1, 'bina.complaint.received.v1': 9 },
  states: { open: 3, fixed: 4, answered: 1, closed_silent: 1 },
  units: [{ unitId: 'upt:water', name: 'Water', unitType: 'upt', complaints: 9 }],
  weeks: [{ week: '2022-W18', rows: 9 }],
  reportWeek: '2022-W18',
  problems: [
    { kind: 'problem', code: 'time', line: 3, column: 2, columnName: 'In', message: 'is no time' },
    { kind: 'problem', code: 'columns', line: 7, message: 'the header has 3 columns, this row has 4' },
  ],
  moreProblems: 5,
  warnings: ['the zone is another'],
}
const told = { mappingFile: 'm.yaml', csvFile: 'my list.csv', source: 'urn:list', apply: false, skipBad: false }

describe("an import's plan in words", () => {
  it('tells rows, events, weeks, units, and each problem with its file, line and column', () => {
    const lines = tellPlan(plan, told)
    const text = lines.join('\n')
    expect(text).toMatch(/^Rows\s+12$/m)
    expect(text).toMatch(/^ {2}bad\s+2 {2}see the problems below$/m)
    expect(text).toMatch(/together\s+10$/m)
    expect(text).toContain('received in 2022-W18: 9')
    expect(text).toMatch(/upt:water\s+upt\s+9\s+Water/)
    expect(lines).toContain('  my list.csv:3:2: In is no time')
    expect(lines).toContain('  my list.csv:7: the header has 3 columns, this row has 4')
    expect(lines).toContain('  ... and 5 more')
    expect(lines).toContain('  The zone is another.')
  })

  it('names of many weeks the first and the last ones', () => {
    const weeks = Array.from({ length: 30 }, (_, at) => ({ week: `2022-W${at + 10}`, rows: 1 }))
    const text = tellPlan({ ...plan, weeks }, told).join('\n')
    expect(text).toContain('2022-W10: 1, 2022-W11: 1, 2022-W12: 1, 2022-W13: 1, (22 weeks), 2022-W36: 1')
  })

  it('says what to type next, so that it can be typed', () => {
    expect(nextStep({ ...plan, bad: 0 }, told)).toMatch(/publish this: npx bina import m\.yaml 'my list\.csv' --apply$/)
    expect(nextStep(plan, told)).toMatch(/Mend the bad rows.*--apply --skip-bad$/)
    expect(nextStep({ ...plan, good: 0 }, told)).toMatch(/nothing to publish/)
  })
})

describe("a mapping's problem", () => {
  it('stands with its place and what was expected there', () => {
    const at = { line: 6, column: 7 }
    expect(mappingProblemLine({ ...at, path: 'zone', message: 'the name of a zone' }, 'm')).toBe(
      'm:6:7: zone: expected the name of a zone',
    )
    expect(mappingProblemLine({ ...at, path: 'a', message: 'Invalid option: expected one of x' }, 'm')).toBe(
      'm:6:7: a: expected one of x',
    )
    expect(mappingProblemLine({ ...at, path: '', message: 'Nested mappings' }, 'm')).toBe('m:6:7: Nested mappings')
  })
})
