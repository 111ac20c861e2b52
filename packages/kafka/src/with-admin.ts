import type { Admin } from 'kafkajs'
import { orAborted } from './or-aborted.ts'

/**
 * Works with a client of its own, which is closed whatever comes of it. Once the signal is aborted nobody waits: neither for kafkajs, which
 * goes on connecting and asking for a quarter of a minute, nor for its goodbye, which waits for answers that are still owed. What it has
 * connected by then, for what it was still asked, is closed when that has come to its end.
 */
export async function withAdmin<A extends Pick<Admin, 'connect' | 'disconnect'>, T>(
  kafka: { admin(): A },
  signal: AbortSignal | undefined,
  work: (admin: A) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const admin = kafka.admin()
  const close = () => admin.disconnect().catch(() => undefined)
  const connectAndWork = async () => {
    await admin.connect()
    signal?.throwIfAborted()
    return work(admin)
  }
  const working = connectAndWork()
  try {
    return await orAborted(working, signal)
  } finally {
    const closed = close()
    if (signal?.aborted) working.then(close, close)
    else await closed
  }
}
