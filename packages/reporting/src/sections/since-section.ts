import { actionText } from '../action-library.ts'
import type { Formats } from '../formats.ts'
import { linkedCell } from '../linked-cell.ts'
import { plainLine } from '../plain-line.ts'
import type { ReportContext } from '../report-context.ts'
import type { ReportAction, ReportChange, ReportObjection, ReportRestatement } from '../report-input.ts'
import { shownItems } from '../shown-items.ts'
import type { Cell, Section } from '../view-model.ts'
import { effectText } from './effect-text.ts'
import { serviceTrend } from './service-trend.ts'

const SHOWN_ACTIONS = 2
const SHOWN_OBJECTIONS = 2
const SHOWN_RESTATEMENTS = 3

/** What became of what the last note said: agreed steps, objections, figures that moved. Left out where there is nothing of it. */
export function sinceSection(context: ReportContext): readonly Section[] {
  const { messages } = context
  const items = [...followedUp(context), ...changeLines(context), ...effectLines(context)]
  return items.length === 0 ? [] : [{ id: 'since', heading: messages.since.heading, blocks: [{ kind: 'list', items }] }]
}

function followedUp(context: ReportContext): readonly Cell[] {
  const { input, messages, count } = context
  return [
    ...shownItems(
      input.actions,
      SHOWN_ACTIONS,
      (action) => [actionLine(action, context), ...doneLink(action, context)],
      (n) => [messages.actions.more(count(n))],
    ).flat(),
    ...shownItems(
      input.objections,
      SHOWN_OBJECTIONS,
      (objection) => objectionLine(objection, context),
      (n) => messages.objections.more(count(n)),
    ),
    ...shownItems(
      input.restatements,
      SHOWN_RESTATEMENTS,
      (restated) => restatementLine(restated, context),
      (n) => messages.restatements.more(count(n)),
    ),
  ]
}

/** Where the copy has it: a page with a button, on which an open step is told to be done. */
function doneLink({ actionId, doneOn }: ReportAction, { input, messages }: ReportContext): readonly Cell[] {
  const url = input.links?.done?.find((link) => link.actionId === actionId)?.url
  const cell = linkedCell(messages.actions.markDone, url)
  return doneOn !== null || typeof cell === 'string' ? [] : [cell]
}

function actionLine(action: ReportAction, { input, library, messages, formats }: ReportContext): string {
  const { actionCode, agreedOn, dueOn, doneOn } = action
  const day = (date: string) => formats.day(date, input.week)
  const text = actionText(library, actionCode, input.unit.locale) ?? messages.actions.unknown(plainLine(actionCode))
  const isPast = dueOn < formats.dateOf(input.dataCompleteUntilMs)
  const state =
    doneOn !== null
      ? messages.actions.done(day(doneOn))
      : isPast
        ? messages.actions.open(day(dueOn))
        : messages.actions.due(day(dueOn))
  return `${messages.actions.agreed(day(agreedOn), text)} ${state}`
}

function objectionLine(objection: ReportObjection, { input, messages, formats }: ReportContext): string {
  const { week, raisedOn, outcome, decidedOn } = objection
  const words = messages.objections
  if (outcome === null) return words.open(formats.day(raisedOn, input.week), formats.week(week))
  return words[outcome](formats.day(decidedOn ?? raisedOn, input.week), formats.week(week))
}

function restatementLine(restated: ReportRestatement, { messages, formats }: ReportContext): string {
  const words = messages.restatements
  const [name, week] = [words.names[restated.score], formats.week(restated.week)]
  const cause = words.causes[causeOf(restated.cause)]
  const [before, now] = [restated.before, restated.now].map((value) => figureText(value, formats))
  if (now === undefined) return words.vanished(name, week, cause)
  return before === undefined ? words.appeared(name, week, now, cause) : words.line(name, week, before, now, cause)
}

function figureText(value: number | null, formats: Formats): string | undefined {
  return value === null ? undefined : formats.number(Math.round(value))
}

/** `score_restatement.cause`: `late event`, `correction`, `withdrawal`, `directory`, or `policy v1 -> v2`. */
function causeOf(cause: string): 'late' | 'correction' | 'withdrawal' | 'directory' | 'policy' {
  if (cause.startsWith('policy')) return 'policy'
  return cause === 'correction' || cause === 'withdrawal' || cause === 'directory' ? cause : 'late'
}

function changeLines(context: ReportContext): readonly string[] {
  const { input, messages, formats } = context
  const words = messages.since
  const moves = input.changes.flatMap(({ of, before, now }) => {
    const [then, today] = [before, now].map((value) => figureText(value, formats))
    if (then === today) return []
    if (today === undefined) return [words.vanished(words.names[of])]
    return [then === undefined ? words.appeared(words.names[of], today) : words.moved(words.names[of], then, today)]
  })
  if (moves.length === 0) return []
  // A course that is drawn says whether it is chance.
  const isCalm = serviceTrend(context) === undefined && input.changes.some((change) => isWithinRange(change, context))
  return [`${words.changes(moves.join('; '))}${isCalm ? ` ${words.withinRange}` : ''}`]
}

/** What the last note said still lies in the interval of now, so nothing has been shown to change. */
function isWithinRange({ of, before, now }: ReportChange, { input }: ReportContext): boolean {
  const row = of === 'service' ? input.service : null
  return (
    row?.value != null &&
    before !== null &&
    now !== null &&
    before !== now &&
    before >= row.lower80 &&
    before <= row.upper80
  )
}

function effectLines(context: ReportContext): readonly string[] {
  const text = effectText(context)
  return text === undefined ? [] : [text]
}
