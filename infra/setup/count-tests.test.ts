import { expect, test } from 'vitest'
import { closingLine, countTests, exitCodeOf } from './count-tests.mjs'

const file = (status: string, ...tests: readonly string[]) => ({
  status,
  assertionResults: tests.map((status) => ({ status })),
})
const report = (...testResults: readonly unknown[]) => JSON.stringify({ testResults })

test('passed and failed tests of all files are counted', () => {
  const counts = countTests(report(file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed', 'failed')))
  expect(counts).toEqual({ passed: 3, failed: 2 })
  expect(closingLine(counts, exitCodeOf(counts, 1))).toBe('3 passed, 2 failed')
})

test('a file that could not be loaded is a failure, though no test of it ran', () => {
  const counts = countTests(report(file('passed', 'passed'), file('failed')))
  expect(counts).toEqual({ passed: 1, failed: 1 })
  expect(exitCodeOf(counts, 0)).toBe(1)
})

test('a run of no test is a failure', () => {
  const none = countTests(report())
  expect(exitCodeOf(none, 0)).toBe(1)
  expect(closingLine(none, 1)).toBe('0 passed, 1 failed')
})

test('a runner that died before its report is a failure', () => {
  const none = countTests('')
  expect(exitCodeOf(none, 137)).toBe(137)
  expect(closingLine(none, 137)).toBe('0 passed, 1 failed')
})

test('a runner that fails although its tests passed, by an unhandled error, is a failure', () => {
  const counts = countTests(report(file('passed', 'passed')))
  expect(closingLine(counts, exitCodeOf(counts, 1))).toBe('1 passed, 1 failed')
})

test('a run that passed ends with 0', () => {
  const counts = countTests(report(file('passed', 'passed')))
  expect(exitCodeOf(counts, 0)).toBe(0)
  expect(closingLine(counts, 0)).toBe('1 passed, 0 failed')
})
