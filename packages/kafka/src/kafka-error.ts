/** What kafkajs's errors have in common; its classes are not told apart by its types. */
interface KafkaJsError extends Error {
  readonly retriable: boolean
  readonly type?: string
}

function isKafkaJsError(error: unknown): error is KafkaJsError {
  return error instanceof Error && error.name.startsWith('KafkaJS') && 'retriable' in error
}

/** True when waiting may help: brokers away, leaders moving. Refused logins and missing rights do not pass by waiting. */
export function isPassingKafkaError(error: unknown): boolean {
  if (!isKafkaJsError(error)) return false
  if (error.name === 'KafkaJSSASLAuthenticationError' || /AUTHORIZATION_FAILED$/.test(error.type ?? '')) return false
  // After its own retries kafkajs wraps what it gave up on.
  return error.retriable || error.name === 'KafkaJSNumberOfRetriesExceeded' || isPassingKafkaError(error.cause)
}
