import { setTimeout as wait } from 'node:timers/promises'
import { orAborted } from './or-aborted.ts'

/** The answer; of who is to stop, only if it comes within this time, counted from the stop or from the question, whichever is later. Else the
 *  signal's reason, and nobody listens to the answer any more. */
export async function soonOnceStopping<T>(answer: Promise<T>, stopping: AbortSignal, patienceMs: number): Promise<T> {
  try {
    return await orAborted(answer, stopping)
  } catch (error) {
    if (!stopping.aborted) throw error
  }
  const patience = new AbortController()
  const late = wait(patienceMs, undefined, { signal: patience.signal }).then(() => {
    throw stopping.reason
  })
  late.catch(() => undefined) // called off below
  return Promise.race([answer, late]).finally(() => patience.abort())
}
