import { totalmem } from 'node:os'

/** Bytes that this process may use: what its container is limited to, else what the machine has. */
export function memoryLimit(): number {
  const constrained = process.constrainedMemory()
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()
}
