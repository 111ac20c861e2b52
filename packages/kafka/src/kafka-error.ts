/** What kafkajs's errors have in common; its classes are not told apart by its types. */
interface KafkaJsError extends Error {
  readonly retriable: boolean
  readonly type?: string
}

function isKafkaJsError(error: unknown): error is KafkaJsError {
  return error instanceof Error && error.name.startsWith('KafkaJS') && 'retriable' in error
}

/** True when waiting may help: brokers away, leaders moving. Refused logins and missing rights do not pass by waiting, also
 *  where kafkajs tells of them only as what it gave up on after its own retries. */
export function isPassingKafkaError(error: unknown): boolean {
  return isKafkaJsError(error) && !isRefusal(error) && (isTemporary(error) || isPassingKafkaError(error.cause))
}

/** True when a broker does not take a message, or the portion that it travelled in, for its size: waiting does not help. */
export function isTooLargeForKafka(error: unknown): boolean {
  if (!isKafkaJsError(error)) return false
  const { type = '' } = error
  return /^(MESSAGE|RECORD_LIST)_TOO_LARGE$/.test(type) || isTooLargeForKafka(error.cause)
}

// kafkajs calls it final that no broker knows a group's coordinator: it finds none while all of them are away.
const passingNames: readonly string[] = ['KafkaJSNumberOfRetriesExceeded', 'KafkaJSGroupCoordinatorNotFound']

function isTemporary({ retriable, name }: KafkaJsError): boolean {
  return retriable || passingNames.includes(name)
}

function isRefusal(error: unknown): boolean {
  if (!isKafkaJsError(error)) return false
  const { name, type = '' } = error
  return (
    name === 'KafkaJSSASLAuthenticationError' ||
    /AUTHORIZATION_FAILED$|^SASL_AUTHENTICATION_FAILED$|^UNSUPPORTED_SASL_MECHANISM$/.test(type) ||
    isRefusal(error.cause)
  )
}
