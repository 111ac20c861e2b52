// Plain JavaScript without dependencies: the set-up uses it in a fresh clone, before anything is installed.

const BAR_CELLS = 24
const REDRAW_MS = 100
const LINE_EVERY_MS = 5_000
const ERASE_LINE = '\r\u001b[2K'

const systemClock = {
  nowMs: () => Date.now(),
  every: (ms, run) => {
    const timer = setInterval(run, ms)
    timer.unref()
    return () => clearInterval(timer)
  },
}

/** A bar that is drawn anew on a terminal, a line every few seconds elsewhere. Steps may overlap. */
export function createProgress(stream, clock = systemClock) {
  const onTerminal = stream.isTTY === true
  const active = []
  let stopTicking
  let lastDrawnMs = Number.NEGATIVE_INFINITY

  const line = (text) => {
    stream.write(onTerminal ? `${ERASE_LINE}${text}\n` : `${text}\n`)
    if (onTerminal) draw()
  }
  const draw = () => {
    lastDrawnMs = clock.nowMs()
    const [first, ...others] = active
    if (first === undefined) return
    const more = others.length === 0 ? '' : `  (and ${others.map(({ name }) => name).join(', ')})`
    const text = `${barLine(first, clock.nowMs())}${more}`
    stream.write(`${ERASE_LINE}${text.slice(0, (stream.columns ?? 80) - 1)}`)
  }
  const tick = () => {
    if (onTerminal) draw()
    else for (const step of active) stream.write(`${plainLine(step, clock.nowMs())}\n`)
  }
  const finish = (step, text) => {
    const at = active.indexOf(step)
    if (at < 0) return
    active.splice(at, 1)
    if (active.length === 0) {
      stopTicking?.()
      stopTicking = undefined
    }
    line(text)
  }

  return {
    line,
    step: (name, total) => {
      const step = { name, total, done: 0, text: '', startedMs: clock.nowMs() }
      active.push(step)
      stopTicking ??= clock.every(onTerminal ? REDRAW_MS : LINE_EVERY_MS, tick)
      if (onTerminal) draw()
      else stream.write(`${name} ...\n`)
      const took = () => seconds(clock.nowMs() - step.startedMs)
      return {
        update: (done, text) => {
          step.done = done
          if (text !== undefined) step.text = text
          if (onTerminal && clock.nowMs() - lastDrawnMs >= REDRAW_MS) draw()
        },
        done: (text) => finish(step, `${name}: ${text ?? 'done'} (${took()})`),
        fail: (text) => finish(step, `${name}: ${text ?? 'failed'} (after ${took()})`),
      }
    },
  }
}

function barLine({ name, total, done, text, startedMs }, nowMs) {
  const took = seconds(nowMs - startedMs)
  if (total === undefined) return [name, took, text].filter(Boolean).join('  ')
  const filled = Math.round(BAR_CELLS * share(done, total))
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR_CELLS - filled)}]`
  return [name, bar, `${done}/${total}`, took, text].filter(Boolean).join('  ')
}

function plainLine({ name, total, done, text, startedMs }, nowMs) {
  const count = total === undefined ? '' : ` ${done} of ${total} (${Math.floor(100 * share(done, total))} %)`
  return `${name}:${count} after ${seconds(nowMs - startedMs)}${text === '' ? '' : `, ${text}`}`
}

function share(done, total) {
  return total <= 0 ? 1 : Math.min(1, Math.max(0, done / total))
}

function seconds(ms) {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`
}
