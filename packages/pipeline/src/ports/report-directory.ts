/** A unit of the directory, as mail is sent to it. */
export interface AddressedUnit {
  readonly unitId: string
  readonly name: string
  readonly unitType: string
  /** Empty where nobody stands above it. */
  readonly parentUnitId: string
  readonly reportEmails: readonly string[]
}

export interface ReportDirectory {
  /** Every unit of any type that the directory knows on this date, by id: acting heads come and go by its dates. */
  addressesOn(date: string): Promise<readonly AddressedUnit[]>
}
