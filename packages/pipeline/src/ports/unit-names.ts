export interface UnitNames {
  /** As the directory has it now; undefined where it does not know the unit. */
  unit(unitId: string): Promise<{ readonly name: string; readonly unitType: string } | undefined>
}
