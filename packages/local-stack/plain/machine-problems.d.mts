export type MachineProblemCode =
  | 'node_too_old'
  | 'java_missing'
  | 'java_too_old'
  | 'maven_missing'
  | 'unsupported_platform'
  | 'disk_full'
  | 'port_taken'

export interface MachineProblem {
  readonly code: MachineProblemCode
  /** One sentence with the command that mends it. */
  readonly message: string
}

export interface MachineFacts {
  readonly platform: string
  readonly arch: string
  /** A Linux without glibc, such as Alpine. */
  readonly musl: boolean
  /** ID of /etc/os-release, or of what it is like. */
  readonly distribution: string | undefined
  readonly nodeVersion: string
  readonly javaVersion: string | undefined
  readonly mavenVersion: string | undefined
  readonly disks: readonly { readonly dir: string; readonly freeBytes: number; readonly neededBytes: number }[]
  readonly takenPorts: readonly { readonly port: number; readonly name: string }[]
}

export interface WantedServers {
  /** Whether the embedded one is started. */
  readonly kafka: boolean
  readonly clickhouse: boolean
}

export function machineProblems(facts: MachineFacts, wanted: WantedServers): readonly MachineProblem[]
export function atLeast(version: string, needed: readonly number[]): boolean
