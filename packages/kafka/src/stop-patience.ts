import { soonOnceStopping } from './soon-once-stopping.ts'

const patienceMs = 3_000

/** While a group forms anew, the broker answers a member nothing before all have joined, and of one that died it thinks so until its session
 *  is over: longer than a stop has. So what is only a courtesy by then, a commit of what is durable or a farewell, is not waited for without
 *  end. Resolves to whether it was done; rejects as it does. Before the stop it is waited for as long as it takes. */
export async function withStopPatience(work: Promise<void>, stopping: AbortSignal): Promise<boolean> {
  work.catch(() => undefined) // who does not wait for it any more hears nothing of it either
  try {
    await soonOnceStopping(work, stopping, patienceMs)
    return true
  } catch (error) {
    if (stopping.aborted && error === stopping.reason) return false
    throw error
  }
}
