import type {
  ChartWeek,
  CoachingRow,
  ConductCount,
  DirectoryUnit,
  EffectRow,
  MeasureFigures,
  MeasureWeeks,
  OpenCase,
  ReportFigures,
  RestatedScore,
  ScoreFigures,
  UnitNotes,
  UnsettledCase,
} from '@bina/pipeline/ports/report-figures'
import type { ClickHouseClient } from './connect.ts'
import { queryFile } from './query-file.ts'
import { selectByNames } from './select-by-names.ts'
import { selectRows } from './select-rows.ts'

interface NotesRow {
  readonly unitId: string
  readonly suspectedOutageDays: readonly (readonly [day: string, persons: number])[]
  readonly outageDays: number
  readonly hasUnknownProfile: 0 | 1
}

export function createReportFigures(client: ClickHouseClient, config: { readonly zone: string }): ReportFigures {
  const { zone } = config
  const queries = {
    directory: queryFile('report.directory'),
    scores: queryFile('report.scores'),
    measures: queryFile('report.measures'),
    measureWeeks: queryFile('report.measure_weeks'),
    chartWeeks: queryFile('report.chart_weeks'),
    openCases: queryFile('report.open_cases'),
    unsettledCases: queryFile('report.unsettled_cases'),
    conduct: queryFile('report.conduct'),
    coaching: queryFile('report.coaching'),
    restatements: queryFile('report.restatements'),
    effects: queryFile('report.effects'),
    notes: queryFile('report.notes'),
  }
  const ofUnits = <T>(query: string, units: readonly string[], params: Readonly<Record<string, unknown>> = {}) =>
    selectByNames<T>(client, query, { units }, params)

  return {
    directoryOn: (date) => selectRows<DirectoryUnit>(client, queries.directory, { date }),
    scoresOf: (units, { fromWeek, toWeek }) =>
      ofUnits<ScoreFigures>(queries.scores, units, { from: fromWeek, to: toWeek }),
    measuresOf: (units, { week, scope }) => ofUnits<MeasureFigures>(queries.measures, units, { week, scope }),
    measureWeeksOf: (units, { fromWeek, toWeek, ...asked }) =>
      ofUnits<MeasureWeeks>(queries.measureWeeks, units, { ...asked, from: fromWeek, to: toWeek }),
    chartWeeksOf: (units, { fromWeek, toWeek, measures }) =>
      ofUnits<ChartWeek>(queries.chartWeeks, units, { from: fromWeek, to: toWeek, measures }),
    openCasesOf: (units) => ofUnits<OpenCase>(queries.openCases, units),
    conductOf: (units, { fromWeek, toWeek, categories }) =>
      ofUnits<ConductCount>(queries.conduct, units, { from: fromWeek, to: toWeek, categories, zone }),
    coachingOf: (units, since) => ofUnits<CoachingRow>(queries.coaching, units, { since }),
    restatementsOf: (units, { fromWeek, toWeek, sinceMs }) =>
      ofUnits<RestatedScore>(queries.restatements, units, { from: fromWeek, to: toWeek, since: sinceMs }),
    effectsOf: (kind, subjects) =>
      subjects === 'all'
        ? selectRows<EffectRow>(client, queries.effects, { kind, subjects: [] })
        : selectByNames<EffectRow>(client, queries.effects, { subjects }, { kind }),
    notesOf: async (units, week) => {
      const rows = await ofUnits<NotesRow>(queries.notes, units, { week })
      return rows.map(
        ({ unitId, suspectedOutageDays, outageDays, hasUnknownProfile }): UnitNotes => ({
          ...{ unitId, outageDays },
          suspectedOutageDays: suspectedOutageDays.map(([day, persons]) => ({ day, persons })),
          hasUnknownProfile: hasUnknownProfile === 1,
        }),
      )
    },
    unsettledCases: () => selectRows<UnsettledCase>(client, queries.unsettledCases),
  }
}
