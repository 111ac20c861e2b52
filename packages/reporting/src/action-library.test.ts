import { describe, expect, test } from 'vitest'
import { actionLibrarySchema, actionsFor, actionText } from './action-library.ts'
import { STEP_KEYS } from './step-key.ts'
import { testActionLibrary } from './test-action-library.ts'

const { actions } = testActionLibrary
const without = (code: string) => ({ actions: actions.filter((action) => action.code !== code) })
const faults = (library: unknown) =>
  actionLibrarySchema
    .safeParse(library)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    .toSorted()

describe('the steps that come with Bina', () => {
  test('are at least forty, and every focus has some of its own for each type of unit', () => {
    expect(actions.length).toBeGreaterThanOrEqual(40)
    for (const key of STEP_KEYS)
      for (const type of ['kelurahan', 'kecamatan', 'upt'] as const)
        expect(actionsFor(testActionLibrary, key, type).length, `${key} ${type}`).toBeGreaterThanOrEqual(3)
  })

  test('fit the unit: what a kelurahan agrees on with its neighbourhood heads is not suggested to a puskesmas', () => {
    const codes = (type: 'kelurahan' | 'upt') => actionsFor(testActionLibrary, 'response', type).map(({ code }) => code)
    expect(codes('kelurahan')).toContain('neighbourhood_number')
    expect(codes('upt')).not.toContain('neighbourhood_number')
  })
})

describe('a library is refused', () => {
  const [first] = actions
  const withFirst = (change: object) => ({ actions: [{ ...first, ...change }, ...actions.slice(1)] })

  test('when a focus has too few steps for a type of unit', () => {
    expect(faults(without('shift_list'))).toBeUndefined()
    expect(faults(without('record_reasons'))).toEqual(
      ['kecamatan', 'kelurahan', 'upt'].map(
        (type) => `actions: on_time has 2 steps for a ${type}: expected at least 3`,
      ),
    )
  })

  test('when a code is used twice', () => {
    expect(faults({ actions: [...actions, first] })).toEqual([
      `actions.${actions.length}.code: morning_look stands here twice`,
    ])
  })

  test('when it says what no note may say, in either language', () => {
    expect(faults(withFirst({ text: { id: 'Beri teguran.', en: 'Warn the worst.' } }))).toEqual([
      "actions.0.text.en: 'worst' may not stand in a note: say it of the task",
      "actions.0.text.id: 'teguran' may not stand in a note: say it of the task",
    ])
  })

  test('when a language is left out or a text is no sentence', () => {
    expect(faults(withFirst({ text: { id: 'Buka pengaduan baru.' } }))).toHaveLength(1)
    expect(faults(withFirst({ text: { id: 'buka pengaduan', en: 'Open it.' } }))).toEqual([
      'actions.0.text.id: expected a sentence: a capital letter first, a full stop last',
    ])
  })
})

test('a retired step is suggested no more, and whoever agreed on it still reads its words', () => {
  const library = { actions: actions.map((a) => (a.code === 'greet_first' ? { ...a, retired: true as const } : a)) }
  expect(actionsFor(library, 'rude', 'upt').map(({ code }) => code)).not.toContain('greet_first')
  expect(actionText(library, 'greet_first', 'en')).toContain('greet first')
  expect(actionText(library, 'never_heard_of', 'en')).toBeUndefined()
})
