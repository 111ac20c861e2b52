import { readFileSync } from 'node:fs'

export interface MemorySample {
  readonly minutes: number
  readonly bytes: number
}

/** Bytes of a process that are in memory; undefined where the system does not say. */
export function residentBytesOf(pid: number): number | undefined {
  try {
    return residentBytesIn(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return undefined // no Linux, or the process is gone
  }
}

/** Of the text of /proc/PID/status. */
export function residentBytesIn(status: string): number | undefined {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024
}

/** Megabytes a minute: the line of least squares through the samples of the last so many minutes. NaN of fewer than two samples. */
export function slopeOf(samples: readonly MemorySample[], lastMinutes: number): number {
  const end = samples.at(-1)?.minutes ?? 0
  const last = samples.filter(({ minutes }) => minutes >= end - lastMinutes)
  const mean = (of: (sample: MemorySample) => number) => last.reduce((sum, one) => sum + of(one), 0) / last.length
  const [x, y] = [mean(({ minutes }) => minutes), mean(({ bytes }) => bytes / 1e6)]
  const spread = last.reduce((sum, { minutes }) => sum + (minutes - x) ** 2, 0)
  return last.reduce((sum, { minutes, bytes }) => sum + (minutes - x) * (bytes / 1e6 - y), 0) / spread
}
