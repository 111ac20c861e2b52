import { availableParallelism, cpus, totalmem } from 'node:os'

/** What figures are worth depends on it. */
export const thisMachine = () => ({
  cores: availableParallelism(),
  model: cpus()[0]?.model ?? '',
  memoryBytes: totalmem(),
})
