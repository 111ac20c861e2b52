/** What is wrong with a server in a sentence, and what to type or set. */
export interface Explained {
  readonly message: string
  readonly next: string
}

export interface NamedAddress {
  /** `Kafka`, `ClickHouse`, `the mail server` */
  readonly server: string
  readonly address: string
  /** The environment variable that names it. */
  readonly variable: string
}

const isCertificateFault = (code: string) => /CERT|SIGNATURE|^ERR_TLS/.test(code)

/** Why no connection came about, from the system's code; undefined when the code says nothing of the network. */
export function networkFault(
  code: string | undefined,
  { server, address, variable }: NamedAddress,
): Explained | undefined {
  switch (code) {
    case undefined:
      return undefined
    case 'ECONNREFUSED':
      return {
        message: `Nothing listens at ${address}: the port is closed, ${server} does not run there.`,
        next: `Start ${server} there, or correct ${variable}. Addresses of a local stack that has ended are forgotten with: unset KAFKA_BROKERS CLICKHOUSE_URL SMTP_URL; then: npx bina up`,
      }
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        message: `The name in ${address} leads to no machine.`,
        next: `Correct the host in ${variable}, or make the name known to this machine.`,
      }
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return {
        message: `${address} does not answer: a firewall or the network stands between, or ${server} hangs.`,
        next: `Try from this machine whether the port can be reached, and correct ${variable} where it is another.`,
      }
    default:
      if (!isCertificateFault(code)) return undefined
      return {
        message: `The certificate at ${address} is not trusted (${code}).`,
        next:
          variable === 'KAFKA_BROKERS'
            ? 'Name the authority that signed it in KAFKA_TLS_CA_FILE.'
            : 'Name the authority that signed it in NODE_EXTRA_CA_CERTS.',
      }
  }
}
