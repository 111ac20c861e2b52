/** A role of the users file. ClickHouse here cannot CREATE ROLE: users and roles live in this file alone. */
export interface ClickHouseRole {
  readonly name: string
  /** Whole statements, such as `GRANT SELECT ON bina.unit`. The tables need not be there yet. */
  readonly grants: readonly string[]
}

export interface ClickHouseUser {
  readonly name: string
  /** SHA-256 of the password, 64 hex digits. */
  readonly passwordSha256: string
  /** 1: reads only and changes no setting. 2: reads only, may change settings within the limits. 0 when absent. */
  readonly readonly?: 0 | 1 | 2
  readonly settings?: Readonly<Record<string, string | number>>
  /** Settings such as max_execution_time that a session may lower but neither raise nor lift. */
  readonly limits?: Readonly<Record<string, number>>
  /** Whole statements: `GRANT ops_read`, `GRANT SELECT ON bina.*`. Absent: everything is allowed. */
  readonly grants?: readonly string[]
  /** Rows that this user sees of a table or view; others see all. */
  readonly filters?: readonly { readonly database: string; readonly table: string; readonly condition: string }[]
}

const NAME = /^[a-z][a-z0-9_]*$/
const SHA256 = /^[0-9a-f]{64}$/i

/** The users file. `default` needs no password from this machine: the server's own session uses it, and so do the services here. */
export function clickhouseUsersXml(users: readonly ClickHouseUser[], roles: readonly ClickHouseRole[]): string {
  return [
    '<clickhouse>',
    `<profiles>${DEFAULT_PROFILE}${users.map(profile).join('')}</profiles>`,
    '<quotas><default/></quotas>',
    `<roles>${roles.map((role) => element(checkedName(role.name), grants(role.grants))).join('')}</roles>`,
    '<users>',
    element('default', `<password></password>${LOOPBACK}<profile>default</profile><quota>default</quota>`),
    ...users.map(user),
    '</users>',
    '</clickhouse>',
    '',
  ].join('\n')
}

const LOOPBACK = '<networks><ip>127.0.0.1</ip><ip>::1</ip></networks>'

// The embedded server aborts as a whole when a connection is timed out that has sent half of a request's head (an ordinary server
// closes that connection alone). So it waits longer than any client on this machine lives.
const PATIENCE_SECONDS = 1_000_000
const DEFAULT_PROFILE = element(
  'default',
  ['http_receive_timeout', 'http_headers_read_timeout'].map((name) => element(name, String(PATIENCE_SECONDS))).join(''),
)

function profile(user: ClickHouseUser): string {
  const limits = Object.entries(user.limits ?? {})
  const settings = [['readonly', user.readonly ?? 0], ...Object.entries(user.settings ?? {}), ...limits] as const
  // Zero means "no limit" to ClickHouse, so that a limit needs a lowest value as well.
  const bounds = limits.map(([name, max]) => element(checkedName(name), `<min>1</min><max>${max}</max>`)).join('')
  return element(
    `profile_${checkedName(user.name)}`,
    `${settings.map(([name, value]) => element(checkedName(String(name)), escapeXml(String(value)))).join('')}${element('constraints', bounds)}`,
  )
}

function user(user: ClickHouseUser): string {
  if (!SHA256.test(user.passwordSha256))
    throw new TypeError(`user ${user.name}: passwordSha256 is not a SHA-256 in hex`)
  if (user.name === 'default') throw new TypeError('the user default is kept for the server itself')
  const filters = (user.filters ?? []).map(({ database, table, condition }) =>
    element(checkedName(database), element(checkedName(table), element('filter', escapeXml(condition)))),
  )
  return element(
    checkedName(user.name),
    [
      element('password_sha256_hex', user.passwordSha256.toLowerCase()),
      LOOPBACK,
      element('profile', `profile_${user.name}`),
      element('quota', 'default'),
      user.grants === undefined ? '' : grants(user.grants),
      filters.length === 0 ? '' : element('databases', filters.join('')),
    ].join(''),
  )
}

function grants(statements: readonly string[]): string {
  return element('grants', statements.map((statement) => element('query', escapeXml(statement))).join(''))
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`
}

function checkedName(name: string): string {
  if (!NAME.test(name)) throw new TypeError(`"${name}" cannot be a name in ClickHouse's users file`)
  return name
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
