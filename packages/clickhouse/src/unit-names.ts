import type { UnitNames } from '@bina/pipeline/ports/unit-names'
import type { ClickHouseClient } from './connect.ts'
import { selectRows } from './select-rows.ts'

export function createUnitNames(client: ClickHouseClient): UnitNames {
  return {
    unit: async (unitId) => {
      const [row] = await selectRows<{ name: string; unitType: string }>(
        client,
        'SELECT name, toString(unit_type) AS unitType FROM unit WHERE unit_id = {unit: String} LIMIT 1',
        { unit: unitId },
      )
      return row
    },
  }
}
