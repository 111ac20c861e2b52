import { randomBytes } from 'node:crypto'

/** The seed of a long run: given to repeat a schedule, else a new one each time; every failure names it. */
export const faultsSeed = (): string => process.env.FAULTS_SEED || randomBytes(4).toString('hex')
