import { open, stat } from 'node:fs/promises'

const READ_BYTES = 32 * 1024

/** The last lines that were written to a file after `fromByte`; none when the file is not there. */
export async function logTail(file: string, fromByte: number, lines: number): Promise<readonly string[]> {
  const size = await sizeOf(file)
  const start = Math.max(fromByte, size - READ_BYTES)
  if (size <= start) return []
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start)
    const text = buffer.subarray(0, bytesRead).toString('utf8')
    return text
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '')
      .slice(-lines)
  } finally {
    await handle.close()
  }
}

/** Bytes of a file, 0 when it is not there. */
export async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch {
    return 0
  }
}
