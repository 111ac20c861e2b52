import type { Lane } from '@bina/events/topics'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { checkedLines, type GoodLine, type LineProblem } from '../ndjson/check-lines.ts'
import { createTally, type Tally } from '../ndjson/tally.ts'
import { type Input, openInput, readTwice, standardInput } from '../open-input.ts'
import { laneWords, publishEvents, type WayIn } from '../publishing.ts'
import { withServers } from '../servers.ts'
import { readServers } from '../variables.ts'

export interface PublishOptions extends WayIn {
  readonly skipBad: boolean
}

const progressEveryLines = 1_000

/** Publishes CloudEvents of a file, one JSON object a line. All lines are checked before the first event leaves: a bad one stops
 *  everything, unless `skipBad`. */
export async function publish(context: CommandContext, file: string, options: PublishOptions): Promise<void> {
  readServers(context.env) // says at once that there are none, not after a long file
  const input = await openInput(file)
  try {
    // With nothing to wait for, good lines leave as they come: an endless stream can be published.
    await (input.isStream && options.skipBad
      ? publishOnce(context, input, options)
      : publishChecked(context, input, options))
  } finally {
    await input.close()
  }
}

async function publishOnce(context: CommandContext, input: Input, { rate, lane }: PublishOptions): Promise<void> {
  const tally = createTally()
  const good = goodLines(tallied(checkedLines(tally.headOf(input.chunks()), Date.now), tally))
  const published = await withServers(context.env, (servers) =>
    publishEvents(context, servers, good, { total: undefined, rate, lane }),
  )
  tell(context, input.name, tally, { published, lane })
}

async function publishChecked(
  context: CommandContext,
  input: Input,
  { skipBad, rate, lane }: PublishOptions,
): Promise<void> {
  // One moment for both readings, so that what was good stays good.
  const nowMs = Date.now()
  const clock = () => nowMs
  const tally = createTally()
  const source = await readTwice(input)
  try {
    const step = context.progress.step(`Checking ${input.name}`)
    try {
      for await (const _ of tallied(checkedLines(tally.headOf(source.first()), clock), tally)) {
        if (tally.lines() % progressEveryLines !== 0) continue
        step.update(0, `${tally.lines()} lines`)
        context.signal.throwIfAborted()
      }
    } catch (error) {
      step.fail()
      throw error
    }
    step.done(`${tally.lines()} lines`)
    if (tally.bad() > 0 && !skipBad) {
      tell(context, input.name, tally, { published: 0 })
      throw new CommandError(`Nothing was published: ${tally.bad()} of ${tally.lines()} lines are bad.`, 1, {
        code: 'bad_lines',
        hint: 'Mend them, or publish the good ones alone with --skip-bad.',
      })
    }
    const again = goodLines(checkedLines(source.again(), clock))
    const published = await withServers(context.env, (servers) =>
      publishEvents(context, servers, again, { total: tally.good(), rate, lane }),
    )
    tell(context, input.name, tally, { published, lane })
  } finally {
    await source.close()
  }
}

async function* tallied(lines: AsyncIterable<GoodLine | LineProblem>, tally: Tally) {
  for await (const line of lines) {
    tally.add(line)
    yield line
  }
}

async function* goodLines(lines: AsyncIterable<GoodLine | LineProblem>): AsyncGenerator<GoodLine> {
  for await (const line of lines) if (line.kind === 'event') yield line
}

function tell(
  context: CommandContext,
  name: string,
  tally: Tally,
  { published, lane }: { readonly published: number; readonly lane?: Lane | undefined },
): void {
  for (const { line, column, detail } of tally.problems()) {
    context.say(`${name}:${line}${column === undefined ? '' : `:${column}`}: ${detail}`)
  }
  const more = tally.bad() - tally.problems().length
  if (more > 0) context.say(`... and ${more} more bad lines.`)
  const hint = tally.bad() > 0 ? tally.hint(name === standardInput ? undefined : name) : undefined
  if (hint !== undefined) context.say(hint)
  if (published > 0 || tally.bad() === 0) {
    context.say(`${published} events published${tally.bad() > 0 ? `, ${tally.bad()} bad lines left out` : ''}.`)
    for (const [type, count] of tally.byType()) context.say(`  ${type.padEnd(34)} ${String(count).padStart(9)}`)
    if (published > 0) for (const line of laneWords(lane)) context.say(line)
  }
  context.answer({
    file: name,
    lines: tally.lines(),
    good: tally.good(),
    bad: tally.bad(),
    published,
    byType: Object.fromEntries(tally.byType()),
    problems: tally.problems().map(({ kind: _, ...problem }) => problem),
    moreProblems: more,
    ...(hint === undefined ? {} : { hint }),
  })
}
