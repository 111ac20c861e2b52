import type { DeadLetterReason } from '@bina/events/dead-letter-reason'

/** What each reason means, and what its sender does about it. */
export const deadLetterWords: Readonly<Record<DeadLetterReason, string>> = {
  too_large: 'The message is larger than 64 KiB. Send one event a message.',
  not_json: 'The bytes are no JSON in UTF-8. Send the event as JSON.',
  not_cloudevent:
    'An attribute of the envelope is missing or wrong. Mend it as the detail says and send it again; it may keep its id.',
  unknown_type: 'No such type belongs on this topic. Use a type of the contract, on its own topic.',
  personal_data:
    "An opaque key looks like a citizen's number. Make the key by a keyed hash, and see to it that the number leaves your logs too.",
  schema_violation:
    'The data are not those of the type. Mend them as the detail says and send the event again; it may keep its id.',
  key_mismatch:
    'The Kafka key is not that of the topic, so the event could overtake its neighbours. Set the key as the detail says.',
  time_in_future:
    'The time lies more than 24 hours ahead. Set the clock of the sender, and send the event with its true time.',
  conflicting_duplicate:
    'An earlier event has this source and id and says something else. Give the later one an id of its own, and "supersedes" where it corrects.',
}

export const meaningOf = (reason: string): string => deadLetterWords[reason as DeadLetterReason] ?? ''
