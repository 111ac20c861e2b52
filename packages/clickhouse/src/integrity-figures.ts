import type { IntegrityFigures } from '@bina/pipeline/ports/integrity-figures'
import type { ClickHouseClient } from './connect.ts'
import { queryFile } from './query-file.ts'
import { selectRows } from './select-rows.ts'

type Answer<Question extends keyof IntegrityFigures> = Awaited<ReturnType<IntegrityFigures[Question]>>[number]

export function createIntegrityFigures(client: ClickHouseClient, config: { readonly zone: string }): IntegrityFigures {
  const { zone } = config
  const severeCases = queryFile('integrity.severe_cases')
  const deadLetters = queryFile('integrity.dead_letters')
  return {
    listedSignals: (week, measures) =>
      selectRows<Answer<'listedSignals'>>(
        client,
        `SELECT unit_id AS unitId, measure, rule FROM unit_week_signal
         WHERE week = {week: Date} AND measure IN {measures: Array(String)} AND city_listed ORDER BY unit_id, measure`,
        { week, measures },
      ),
    severeCases: (week) => selectRows<Answer<'severeCases'>>(client, severeCases, { week, zone }),
    draws: (week) =>
      selectRows<Answer<'draws'>>(
        client,
        `SELECT draw_id AS drawId, toString(d.week) AS week, slots, commitment, seed FROM spot_check_draw AS d
         WHERE d.week = {week: Date} ORDER BY draw_id`,
        { week },
      ),
    dataQuality: (week) =>
      selectRows<Answer<'dataQuality'>>(
        client,
        'SELECT kind, sum(q.count) AS count FROM data_quality AS q WHERE week = {week: Date} GROUP BY kind ORDER BY kind',
        { week },
      ),
    deadLetters: (week) => selectRows<Answer<'deadLetters'>>(client, deadLetters, { week, zone }),
    silentSources: async (week) => {
      const rows = await selectRows<{ source: string }>(
        client,
        `SELECT DISTINCT source FROM source_silence WHERE day BETWEEN {week: Date} AND {week: Date} + 6 ORDER BY source`,
        { week },
      )
      return rows.map(({ source }) => source)
    },
  }
}
