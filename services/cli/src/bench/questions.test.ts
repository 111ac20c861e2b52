import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parametersOf, questionsOf } from './questions.ts'

const questions = questionsOf(readFileSync('docs/queries.md', 'utf8'))

it('the page for ops teams has twenty questions in order, at least five of them about events', () => {
  expect(questions.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
  expect(questions.filter(({ sql }) => /FROM events\b/.test(sql)).length).toBeGreaterThanOrEqual(5)
})

it('no question lists units in the order of a figure', () => {
  const orders = questions.flatMap(({ sql }) => /ORDER BY (.+)/.exec(sql)?.[1] ?? [])
  expect(orders.length).toBeGreaterThan(15)
  expect(
    orders.filter((order) => /value|estimate|band|lower80|count|units|DESC/.test(order.replace('score, band', ''))),
  ).toEqual([])
})

it('a question names each value that it wants to be bound once', () => {
  const [, , , , , , , , , , , , , attendance] = questions
  expect(attendance && parametersOf(attendance)).toEqual(['unit', 'week'])
})

it('a question without SQL is no question', () => {
  expect(() => questionsOf('## Weeks\n### 1. Why?\nNobody knows.\n')).toThrow('1. Why?')
})
