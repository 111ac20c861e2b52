const LINES = 15

/** What npm's log says of a failure. npm says the reason first and its usage last, so the first errors tell more than the end. */
export function npmFailure(logText) {
  const lines = logText.split('\n').map((line) => line.trimEnd())
  const errors = lines.filter((line) => /^npm (error|ERR!)\s+\S/.test(line))
  const usage = errors.findIndex((line) => /^npm (error|ERR!)\s+(Usage:|Clean install a project)/.test(line))
  const reason = usage < 0 ? errors : errors.slice(0, usage)
  const told = reason.length > 0 ? reason.slice(0, LINES) : lines.filter((line) => line !== '').slice(-LINES)
  return told.join('\n')
}
