import { orAborted } from '@bina/kafka/or-aborted'
import type { UnitNames } from '@bina/pipeline/ports/unit-names'
import { unitLabel } from '@bina/reporting/unit-label'
import type { Logger } from '@bina/runtime/logger'

/** How a page names a unit: with its type before it; by its id where the directory cannot be asked, or does not know it. */
export function createUnitLabels(
  config: { readonly timeoutMs: number },
  deps: { readonly names: UnitNames; readonly log: Pick<Logger, 'warn'> },
): (unitId: string) => Promise<string> {
  return async (unitId) => {
    try {
      const unit = await orAborted(deps.names.unit(unitId), AbortSignal.timeout(config.timeoutMs))
      if (unit === undefined) return unitId
      const { name, unitType } = unit
      return unitType === 'kelurahan' || unitType === 'kecamatan' ? unitLabel({ name, type: unitType }) : name
    } catch (err) {
      deps.log.warn({ err }, 'a page shows the id of a unit, since its name could not be asked for')
      return unitId
    }
  }
}
