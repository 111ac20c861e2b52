/** What tells whether the records of all units can be trusted. Weeks are Mondays. */
export interface IntegrityFigures {
  /** Charts of these measures that flag the week and may be listed over all units: false discoveries are held at 10 %. */
  listedSignals(
    week: string,
    measures: readonly string[],
  ): Promise<readonly { readonly unitId: string; readonly measure: string; readonly rule: string }[]>
  /** Complaints for the inspectorate that are open, or were received in the week; the earliest first. */
  severeCases(week: string): Promise<
    readonly {
      readonly complaintId: string
      readonly category: string
      readonly receivedAtMs: number
      readonly isOpen: boolean
    }[]
  >
  /** Draws of random checks of the week, as they were published. */
  draws(week: string): Promise<
    readonly {
      readonly drawId: string
      readonly week: string
      readonly slots: number
      readonly commitment: string
      /** Empty until it is revealed. */
      readonly seed: string
    }[]
  >
  /** Findings of the week by kind, over all units. */
  dataQuality(week: string): Promise<readonly { readonly kind: string; readonly count: number }[]>
  /** Messages of the week that were set aside, by reason. */
  deadLetters(week: string): Promise<readonly { readonly reason: string; readonly count: number }[]>
  /** Sources that sent nothing for longer than their own habit on a day of the week. */
  silentSources(week: string): Promise<readonly string[]>
}
