const askTimeoutMs = 3_000

/** What a service says of itself at its operations address; never rejects. */
export async function readiness(address: string): Promise<{ readonly ready: boolean; readonly reasons: string }> {
  try {
    const response = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(askTimeoutMs) })
    const body = (await response.json()) as { reasons?: Record<string, string> }
    const reasons = Object.entries(body.reasons ?? {}).map(([part, reason]) => `${part}: ${reason}`)
    return { ready: response.ok, reasons: reasons.join('; ') }
  } catch (error) {
    return { ready: false, reasons: `it does not answer (${error instanceof Error ? error.message : String(error)})` }
  }
}
