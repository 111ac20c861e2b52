// What a test run came to. Pure: vitest's JSON report in, counts and exit code out.

/** A test file that could not be loaded has no test in the report: it counts as one that failed. */
export function countTests(reportText) {
  const report = parse(reportText)
  if (!Array.isArray(report?.testResults)) return { passed: 0, failed: 0 }
  let passed = 0
  let failed = 0
  for (const { status, assertionResults } of report.testResults) {
    const failedHere = assertionResults.filter((test) => test.status === 'failed').length
    passed += assertionResults.filter((test) => test.status === 'passed').length
    failed += status === 'failed' ? Math.max(1, failedHere) : failedHere
  }
  return { passed, failed }
}

/** The runner's own exit code, and never 0 for a run that failed a test or ran none. */
export function exitCodeOf({ passed, failed }, runnerCode) {
  if (runnerCode !== 0) return runnerCode
  return failed > 0 || passed === 0 ? 1 : 0
}

/** One plain line. A run that failed before it came to a test is one failure. */
export function closingLine({ passed, failed }, code) {
  return `${passed} passed, ${code !== 0 && failed === 0 ? 1 : failed} failed`
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
