// Loaded before a service: its wall clock is wrong by CLOCK_SHIFT_MS from the start, and jumps as its parent says. Timers and performance.now go on as they did,
// as they do where an operator or NTP sets the clock of a machine.
const RealDate = Date
let shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0)
const now = () => RealDate.now() + shiftMs

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, created) =>
    given.length === 0
      ? new target(now())
      : Reflect.construct(target, given, created === globalThis.Date ? target : created),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})

process.on('message', (message) => {
  if (message?.kind !== 'clock') return
  shiftMs = message.shiftMs
  process.send?.({ kind: 'clock_is', nowMs: Date.now() })
})
