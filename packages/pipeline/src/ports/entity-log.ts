export interface EntityEventRow {
  readonly entity: string
  readonly source: string
  readonly id: string
  readonly type: string
  readonly occurredAtMs: number
  readonly ingestedAtMs: number
  readonly supersedes: string
  readonly withdraws: string
  readonly data: string
  /** True when its identity belongs to another event: it does not count, but the units that it named are still to be cleared of it. */
  readonly hasLost: boolean
}

export interface RevisionRow {
  readonly source: string
  readonly targetId: string
  readonly kind: 'supersedes' | 'withdraws'
  readonly id: string
  readonly occurredAtMs: number
}

export interface Identity {
  readonly source: string
  readonly id: string
}

/** Entities one behind the other, every event ever accepted of them, and what supersedes or withdraws these. */
export interface EntityPage {
  readonly entities: readonly string[]
  readonly events: readonly EntityEventRow[]
  readonly revisions: readonly RevisionRow[]
}

export interface EntityLog {
  /** The server's time, asked before reading: the version of what is folded from what was read. */
  serverTime(): Promise<string>
  /** Every event ever accepted of these entities, and what supersedes or withdraws them; mostly nothing. */
  eventsOf(entities: readonly string[]): Promise<{
    readonly events: readonly EntityEventRow[]
    readonly revisions: readonly RevisionRow[]
  }>
  /** What supersedes or withdraws these events, one step. */
  revisionsOf(targets: readonly Identity[]): Promise<readonly RevisionRow[]>
  /** The entities (and targets, for corrections) of known events; unknown identities are left out. */
  locate(identities: readonly Identity[]): Promise<
    readonly {
      readonly source: string
      readonly id: string
      readonly entity: string
      readonly supersedes: string
      readonly withdraws: string
    }[]
  >
  /** Every entity of one kind (`staff`, `unit`, `day`, ...) that any event ever named. */
  entitiesOfKind(kind: string): Promise<readonly string[]>
}
