export interface TestCounts {
  readonly passed: number
  readonly failed: number
}

export function countTests(reportText: string): TestCounts
export function exitCodeOf(counts: TestCounts, runnerCode: number): number
export function closingLine(counts: TestCounts, code: number): string
