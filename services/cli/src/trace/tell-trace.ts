import { meaningOf } from '../dead-letter-words.ts'
import { localTime } from '../local-time.ts'
import { printable } from '../printable.ts'
import { tellMoved } from './tell-moved.ts'
import type { Trace } from './trace-result.ts'

/** A trace in words for whoever published the event. */
export function tellTrace(trace: Trace, city: { readonly zone: string; readonly nowMs: number }): readonly string[] {
  const at = (ms: number) => localTime(city.zone, ms)
  return [
    ...heading(trace, at),
    ...fate(trace, at),
    ...revisions(trace, at),
    ...otherMessages(trace),
    ...deadLetters(trace, at),
    ...sought(trace, at),
    ...behind(trace),
    ...trace.moved.flatMap((moved) => ['', ...tellMoved(moved, trace, city)]),
  ]
}

const shownPlaces = 3

type At = (ms: number) => string
const line = (label: string, text: string) => `  ${label.padEnd(12)}${text}`
const place = ({ topic, partition, offset }: { topic: string; partition: number; offset: number }) =>
  `${topic} partition ${partition} offset ${offset}`

function heading({ source, id, event }: Trace, at: At): readonly string[] {
  const name = `${printable(source)} ${printable(id)}`
  return event === undefined
    ? [name]
    : [name, `${event.type} about ${event.subject}, ${at(event.occurredAtMs)} in the city`]
}

function fate({ fate: became, event }: Trace, at: At): readonly string[] {
  if (event === undefined) {
    return became === 'dead_letter'
      ? [line('Set aside', 'it was not accepted, nothing counts it')]
      : [line('Not here', 'no message with this source and id has been stored or set aside')]
  }
  const waited = Math.max(0, event.storedAtMs - event.recordAtMs)
  return [
    line(
      'Stored',
      `${at(event.storedAtMs)}, ${(waited / 1_000).toFixed(1)} s after Kafka had it, from ${place(event)}`,
    ),
  ]
}

function revisions({ event, fate: became, revisers, names }: Trace, at: At): readonly string[] {
  if (event === undefined) return []
  const verdicts = {
    stored: 'nothing takes it back',
    superseded: 'not any more: another event has taken its place',
    withdrawn: 'not any more: it was withdrawn',
  }
  const counts = line('Counts', verdicts[became as keyof typeof verdicts])
  return [
    counts,
    ...revisers.map(({ id, does, occurredAtMs, counts: holds }) => {
      const verb = does === 'withdraws' ? 'Withdrawn' : 'Superseded'
      return line(
        verb,
        `by ${printable(id)}, ${at(occurredAtMs)}${holds ? '' : '; that one was itself taken back, so it does nothing'}`,
      )
    }),
    ...names.map(({ does, id, arrived }) => {
      const verb = does === 'withdraws' ? 'Withdraws' : 'Supersedes'
      return line(verb, `${printable(id)}${arrived ? '' : ', which has not arrived; it takes effect when that does'}`)
    }),
  ]
}

function otherMessages({ others, letters }: Trace): readonly string[] {
  const repeats = others.filter(({ sameContent }) => sameContent)
  // Those that the sweep has set aside already are told as dead letters.
  const told = new Set(letters.map(place))
  const conflicts = others.filter((other) => !other.sameContent && !told.has(place(other)))
  return [
    ...(repeats.length === 0
      ? []
      : [line('Repeated', `${repeatWords(repeats.length)}, counted once: ${places(repeats)}`)]),
    ...conflicts.map((other) =>
      line(
        'Conflict',
        `${place(other)} says something else under this source and id and does not count. ${meaningOf('conflicting_duplicate')}`,
      ),
    ),
  ]
}

const repeatWords = (count: number) => (count === 1 ? 'by one more message' : `by ${count} more messages`)

function places(others: Trace['others']): string {
  const shown = others.slice(0, shownPlaces).map(place).join(', ')
  return others.length <= shownPlaces ? shown : `${shown}, and ${others.length - shownPlaces} more`
}

function deadLetters({ letters, event }: Trace, at: At): readonly string[] {
  return letters.flatMap((letter) => {
    const { atMs, reason, detail, certain, topic, partition, offset } = letter
    const doubt = certain ? '' : ' (perhaps this event: its bytes are no JSON, but source and id stand in them)'
    const earlier = event === undefined ? '' : 'another message with this source and id: '
    return [
      line('Dead letter', `${at(atMs)}, ${earlier}${place(letter)}${doubt}`),
      line('', `${reason}: ${printable(detail)}`),
      line('', `${meaningOf(reason)} Its bytes: npx bina dlq show ${topic} ${partition} ${offset}`),
    ]
  })
}

function sought({ source, sought: facts, behind: waiting, fate: became }: Trace, at: At): readonly string[] {
  if (facts === undefined || became !== 'not_arrived') return []
  const lines: string[] = []
  if (waiting.sink > 0) {
    lines.push(
      line('Not yet?', `the sink has ${waiting.sink} messages to go, it may be among them: ask again in a moment`),
    )
  }
  if (waiting.backfill > 0) {
    lines.push(
      line(
        'Not yet?',
        `${waiting.backfill} messages of history wait in their lane; if it was sent there, npx bina status says how far it is`,
      ),
    )
  }
  const { events, latestMs } = facts.source
  if (events > 0 && latestMs !== null) {
    lines.push(
      line('Its source', `${events} events of ${printable(source)} are stored, the latest came in ${at(latestMs)}`),
    )
  } else {
    const known = facts.likelySources.map(printable).join(', ')
    lines.push(
      line(
        'Its source',
        `nothing of ${printable(source)} was ever stored${known === '' ? '' : `. Is it one of these? ${known}`}`,
      ),
    )
  }
  const next =
    'see whether the publisher got an acknowledgement from Kafka or a 202 from the HTTP door, and publish it again: a repeat changes nothing'
  return [...lines, line('What to do', `compare source and id letter by letter; ${next}`)]
}

function behind({ behind: { sink, fold, judge }, event }: Trace): readonly string[] {
  if (event === undefined || sink + fold + judge === 0) return []
  const parts = [`${sink} to store`, `${fold} to fold`, `${judge} to judge`]
  return [line('Under way', `${parts.join(', ')}: the figures below may still move`)]
}
