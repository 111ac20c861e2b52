import { describe, expect, test } from 'vitest'
import { type StepKey, stepFor } from '../step-library.ts'
import { lintWording } from '../wording-lint.ts'
import { defaultSteps } from './steps.ts'

const entries = Object.entries(defaultSteps)

describe('the suggested steps', () => {
  test.each(entries)('for %s are at least three, in both languages', (_, steps) => {
    expect(steps.length).toBeGreaterThanOrEqual(3)
    for (const { text } of steps) {
      expect(lintWording(text.id, 'id')).toEqual([])
      expect(lintWording(text.en, 'en')).toEqual([])
      expect(text.id).toMatch(/^\p{Lu}.*\.$/u)
      expect(text.en).toMatch(/^\p{Lu}.*\.$/u)
    }
  })

  test('have ids of their own', () => {
    const ids = entries.flatMap(([, steps]) => steps.map((step) => step.id))
    expect(new Set(ids).size).toBe(ids.length)
  })

  test.each(Object.keys(defaultSteps) as StepKey[])('for %s take turns from week to week', (key) => {
    const seen = Array.from(
      { length: defaultSteps[key].length },
      (_, week) => stepFor(defaultSteps, key, 2900 + week).id,
    )
    expect(new Set(seen).size).toBe(defaultSteps[key].length)
    expect(stepFor(defaultSteps, key, -1).id).toBeDefined()
  })
})
