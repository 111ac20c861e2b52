import type { ProcessCity, ServerName, ServiceName } from '../harness/process-city.ts'
import type { Hold, Piece } from '../harness/tcp-gate.ts'

/** A moment at which a process is ended: the gates hold what comes next, and nothing is left to luck. */
export interface FaultWindow {
  readonly target: ServiceName | ServerName
  readonly name: string
  /** Begins to look for the moment. */
  readonly arm: (city: ProcessCity) => Pick<Hold, 'caught' | 'release'>
}

const text = ({ bytes }: Piece) => bytes.toString('latin1', 0, 4_096)
const isInsertOf = (service: ServiceName) => (piece: Piece) => {
  if (piece.way !== 'up') return false
  const head = text(piece)
  return (
    head.startsWith('POST ') && /INSERT/.test(head.slice(0, head.indexOf('\r\n'))) && head.includes(`bina-${service}`)
  )
}
/** The answer to the latest of such questions: one whose connection is lost gets none. */
const answerTo = (asks: (piece: Piece) => boolean) => {
  let connection: number | undefined
  return (piece: Piece) => {
    if (asks(piece)) connection = piece.connection
    return piece.way === 'down' && piece.connection === connection
  }
}
/** Bytes of such a request that hold more than its head, which has fewer than 1,200. */
const bodyOf = (asks: (piece: Piece) => boolean) => {
  let connection: number | undefined
  return (piece: Piece) => {
    if (asks(piece)) connection = piece.connection
    return piece.way === 'up' && piece.connection === connection && piece.bytes.length > 1_500
  }
}
const kafka = (way: Piece['way'], name: string) => (piece: Piece) => piece.way === way && piece.name === name

const worker = (target: 'sink-worker' | 'score-worker'): readonly FaultWindow[] => [
  {
    ...{ target, name: 'between fetch and insert' },
    arm: ({ gates }) => gates.clickhouse.holdNext(isInsertOf(target)),
  },
  {
    ...{ target, name: 'between the insert and its answer' },
    arm: ({ gates }) => gates.clickhouse.holdNext(answerTo(isInsertOf(target))),
  },
  {
    ...{ target, name: 'between the insert and the publish of touched keys' },
    arm: ({ gates }) => gates.kafka.holdNext(kafka('up', `bina-${target} Produce`)),
  },
  {
    ...{ target, name: 'between the publish of touched keys and the commit' },
    arm: ({ gates }) => gates.kafka.holdNext(kafka('up', `bina-${target} OffsetCommit`)),
  },
]

/** Every named window, by what is ended in it. */
export const faultWindows: readonly FaultWindow[] = [
  ...worker('sink-worker'),
  ...worker('score-worker'),
  {
    ...{ target: 'ingest-api', name: "between Kafka's acknowledgement and the door's knowledge of it" },
    arm: ({ gates }) => gates.kafka.holdNext(kafka('down', 'bina-ingest-api Produce')),
  },
  {
    ...{ target: 'ingest-api', name: 'between the acknowledgement and the answer' },
    arm: ({ gates }) => gates.door.holdNext(({ way }) => way === 'down'),
  },
  {
    ...{ target: 'report-cron', name: "between the mail server's answer and the mark in the ledger" },
    arm: ({ gates }) => gates.smtp.holdNext((piece) => piece.way === 'down' && text(piece).includes('kept as')),
  },
  {
    ...{ target: 'clickhouse', name: 'between an insert and its answer' },
    arm: ({ gates }) => gates.clickhouse.holdNext(answerTo(isInsertOf('sink-worker'))),
  },
  {
    ...{ target: 'clickhouse', name: 'in the middle of an insert' },
    arm: ({ gates }) => ({
      caught: gates.clickhouse.truncateNext(bodyOf(isInsertOf('sink-worker')), 1_200),
      release: () => {},
    }),
  },
  {
    ...{ target: 'broker', name: "between a producer's acknowledgement and its knowledge of it" },
    arm: ({ gates }) => gates.kafka.holdNext(kafka('down', 'load Produce')),
  },
  {
    ...{ target: 'broker', name: "between a commit and the worker's knowledge of it" },
    arm: ({ gates }) => gates.kafka.holdNext(kafka('down', 'bina-sink-worker OffsetCommit')),
  },
]
