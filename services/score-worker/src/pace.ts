/** Knows for how long no work has been under way: 0 while one is. */
export interface Pace {
  during(work: () => Promise<void>): Promise<void>
  quietMs(): number
}

export function createPace(clock: () => number): Pace {
  let running = 0
  let lastEndedAtMs = clock()
  return {
    during: async (work) => {
      running++
      try {
        await work()
      } finally {
        running--
        lastEndedAtMs = clock()
      }
    },
    quietMs: () => (running > 0 ? 0 : clock() - lastEndedAtMs),
  }
}
