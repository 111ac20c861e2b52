/** What Kafka refused, or how it could not be reached. `code` is the system's or OpenSSL's, such as ECONNREFUSED. */
export type KafkaFault =
  | { readonly kind: 'login' | 'mechanism' | 'not_allowed' | 'no_topic' | 'other' }
  | { readonly kind: 'connection'; readonly code: string | undefined }

/** Tells what is behind an error of this package; undefined when it is none of Kafka's. */
export function kafkaFaultOf(error: unknown): KafkaFault | undefined {
  if (!(error instanceof Error) || !error.name.startsWith('KafkaJS')) return undefined
  // What kafkajs gave up on after its retries stands behind the error that says so.
  const behind = kafkaFaultOf(error.cause)
  if (behind !== undefined) return behind
  const { type, code } = error as { readonly type?: unknown; readonly code?: unknown }
  if (error.name === 'KafkaJSSASLAuthenticationError' || type === 'SASL_AUTHENTICATION_FAILED') return { kind: 'login' }
  if (type === 'ILLEGAL_SASL_STATE' || type === 'UNSUPPORTED_SASL_MECHANISM') return { kind: 'mechanism' }
  if (typeof type === 'string' && type.endsWith('AUTHORIZATION_FAILED')) return { kind: 'not_allowed' }
  if (type === 'UNKNOWN_TOPIC_OR_PARTITION') return { kind: 'no_topic' }
  if (/Connection|RequestTimeout|BrokerNotFound/.test(error.name)) {
    // kafkajs gives its own timeouts no code.
    const silent = /timeout|timed out/i.test(error.message) ? 'ETIMEDOUT' : undefined
    return { kind: 'connection', code: typeof code === 'string' ? code : silent }
  }
  return { kind: 'other' }
}
