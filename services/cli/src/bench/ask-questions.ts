import { type ClickHouseSettings, connectClickHouse } from '@bina/clickhouse/connect'
import type { Progress } from '@bina/local-stack/progress'
import type { AskedCity } from './asked-city.ts'
import { quantileOf } from './quantile.ts'
import { parametersOf, type Question } from './questions.ts'

export interface Asked {
  readonly number: number
  readonly title: string
  readonly part: string
  /** Of the client's clock, from the question to its last row, in the order in which they were asked. */
  readonly milliseconds: readonly number[]
  readonly p50Ms: number
  readonly p95Ms: number
  /** Of the last answer. */
  readonly rows: number
  readonly readRows: number
  /** Why it has no answer within the limits of the user `ops`. */
  readonly refused?: string
}

// What infra/clickhouse/users.d gives the user `ops`: a question that needs more than this has no answer there.
const limitsOfOps = { max_execution_time: 30, max_memory_usage: '2000000000', max_result_rows: '100000' }

/** Asks each question so many times, with other values each time; the first answer of each warms up and is not counted. */
export async function askQuestions(
  settings: ClickHouseSettings,
  city: Pick<AskedCity, 'valuesOf'>,
  options: {
    readonly questions: readonly Question[]
    readonly rounds: number
    readonly progress: Progress
    readonly signal: AbortSignal
  },
): Promise<readonly Asked[]> {
  const client = connectClickHouse(settings)
  const step = options.progress.step(`Asking ${options.questions.length} questions`)
  const asked: Asked[] = []
  try {
    for (const question of options.questions) {
      step.update(asked.length, `${question.number} of ${options.questions.length}`)
      const { number, title, part } = question
      const milliseconds: number[] = []
      let [rows, readRows] = [0, 0]
      let refused: string | undefined
      for (let round = 0; round <= options.rounds && refused === undefined; round++) {
        options.signal.throwIfAborted()
        const values = city.valuesOf(round)
        const query_params = Object.fromEntries(parametersOf(question).map((name) => [name, values[name]]))
        const startMs = performance.now()
        try {
          const answer = await client.query({
            query: question.sql,
            query_params,
            format: 'JSONEachRow',
            clickhouse_settings: limitsOfOps,
          })
          rows = (await answer.json()).length
          if (round > 0) milliseconds.push(performance.now() - startMs)
          readRows = rowsRead(answer.response_headers['x-clickhouse-summary'])
        } catch (error) {
          const isLimit = error instanceof Error && 'type' in error && limits.has(String(error.type))
          if (!isLimit) throw error
          refused = String(error.type)
        }
      }
      asked.push({
        number,
        title,
        part,
        milliseconds,
        p50Ms: quantileOf(milliseconds, 0.5),
        p95Ms: quantileOf(milliseconds, 0.95),
        rows,
        readRows,
        ...(refused === undefined ? {} : { refused }),
      })
    }
  } finally {
    await client.close()
  }
  step.done()
  return asked
}

const limits: ReadonlySet<string> = new Set(['MEMORY_LIMIT_EXCEEDED', 'TIMEOUT_EXCEEDED', 'TOO_MANY_ROWS_OR_BYTES'])

function rowsRead(summary: string | string[] | undefined): number {
  if (typeof summary !== 'string') return 0
  return Number((JSON.parse(summary) as { read_rows?: string }).read_rows ?? 0)
}
