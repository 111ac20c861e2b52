/** Why an event was set aside: the closed list of the contract, in the order in which the checks run. */
export const deadLetterReasons = [
  'too_large',
  'not_json',
  'not_cloudevent',
  'unknown_type',
  'personal_data',
  'schema_violation',
  'key_mismatch',
  'time_in_future',
  // Decided where accepted events are known, never by decoding one message.
  'conflicting_duplicate',
] as const

export type DeadLetterReason = (typeof deadLetterReasons)[number]
