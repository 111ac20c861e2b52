import { randomBytes } from 'node:crypto'

export interface CityNames {
  /** Put before every topic and consumer group; ends in a dot. */
  readonly topicPrefix: string
  readonly database: string
}

/** Names that no other test file, no other run and no real city uses, so that tests can share servers. */
export function freshNames(): CityNames {
  const unique = randomBytes(6).toString('hex')
  return { topicPrefix: `test-${unique}.`, database: `test_${unique}` }
}
