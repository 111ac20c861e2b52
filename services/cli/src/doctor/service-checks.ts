import { readiness } from '../city/readiness.ts'
import type { StackState } from '../city/stack-file.ts'
import { type Check, fail, ok } from './check.ts'

/** The services of a running stack: whether each makes progress. */
export async function serviceChecks(stack: StackState | undefined): Promise<readonly Check[]> {
  return Promise.all(
    (stack?.services ?? []).map(async ({ name, address, logFile }) => {
      const { ready, reasons } = await readiness(address)
      if (ready) return ok(name, 'It runs and makes progress.')
      return fail(name, `It is not ready: ${reasons}.`, `Its log says more: tail ${logFile}`)
    }),
  )
}
