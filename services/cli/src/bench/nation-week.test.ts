import { loadPolicy } from '@bina/runtime/load-policy'
import { expect, it } from 'vitest'
import { judgeNationWeek } from './nation-week.ts'

it('a nation judged in two parts has the scores and the signals of a nation judged at once', async () => {
  const { scoring } = await loadPolicy('policy')
  const judge = (from: number, to: number) => judgeNationWeek(scoring, '2026-06-08', { from, to })
  const [all, first, second] = [judge(0, 90), judge(0, 31), judge(31, 90)]
  expect(all.scored).toBeGreaterThan(100)
  expect(all.signals).toBeGreaterThan(0)
  expect(first.scored + second.scored).toBe(all.scored)
  expect(first.signals + second.signals).toBe(all.signals)
})
