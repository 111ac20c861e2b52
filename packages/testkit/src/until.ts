import { setTimeout as delay } from 'node:timers/promises'

/** Resolves as soon as a condition holds; throws, naming it, when that takes longer than `withinMs`. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  options: { readonly withinMs: number; readonly what: string; readonly everyMs?: number },
): Promise<void> {
  const deadlineMs = Date.now() + options.withinMs
  while (!(await condition())) {
    if (Date.now() > deadlineMs) throw new Error(`${options.what} did not come within ${options.withinMs / 1000} s`)
    await delay(options.everyMs ?? 50)
  }
}
