import type { CityTime } from './city-time.ts'
import { inOrder, maybeNumber, maybeText, type Standing, text } from './event.ts'
import type { Fact, Measure } from './facts.ts'

/** K1 to K3, S13 and S14: what was planned, agreed, found and inspected, each on its own date once that has ended. */
export function coachingFacts(
  events: readonly Standing[],
  city: CityTime,
  nowMs: number,
  /** Whether a coach's unit has them too; an area has each once, with the unit that was coached. */
  alsoOfCoach = true,
): Fact[] {
  const today = city.dateOf(nowMs)
  const ofType = (name: string) => events.filter((event) => event.type === `bina.coaching.${name}.v1`).sort(inOrder)
  const named = (event: Standing, idField: string) => `${text(event, 'unitId')}\n${text(event, idField)}`
  const last = (name: string, idField: string) =>
    new Map(ofType(name).map((event) => [named(event, idField), event] as const))
  const first = (name: string, idField: string) =>
    new Map([...ofType(name)].reverse().map((event) => [named(event, idField), event] as const))

  const facts: Fact[] = []
  const add = (units: readonly string[], measure: Measure, date: string, success: boolean) => {
    if (date >= today) return
    for (const unitId of new Set(units))
      facts.push({ unitId, date, measure, numerator: success ? 1 : 0, denominator: 1 })
  }
  const inTime = (event: Standing | undefined, date: string) => event !== undefined && city.dateOf(event.atMs) <= date

  const planned = last('planned', 'coachingId')
  const held = last('held', 'coachingId')
  for (const [key, plan] of planned) {
    add(
      [text(plan, 'unitId'), text(plan, alsoOfCoach ? 'coachUnitId' : 'unitId')],
      'K1',
      text(plan, 'plannedOn'),
      held.has(key),
    )
  }

  const firstAgreed = first('action-agreed', 'actionId')
  const done = first('action-done', 'actionId')
  for (const [key, agreement] of last('action-agreed', 'actionId')) {
    const unitId = text(agreement, 'unitId')
    const session = `${unitId}\n${maybeText(agreement, 'coachingId') ?? ''}`
    const coached = planned.get(session) ?? held.get(session)
    const units = [unitId, coached === undefined || !alsoOfCoach ? unitId : text(coached, 'coachUnitId')]
    const date = city.dateOf(firstAgreed.get(key)?.atMs ?? agreement.atMs)
    for (const unit of new Set(units)) {
      facts.push({ unitId: unit, date, measure: 'K2', numerator: 1, denominator: 0 })
    }
    add(units, 'K3', text(agreement, 'dueOn'), inTime(done.get(key), text(agreement, 'dueOn')))
  }

  const closed = first('finding-closed', 'findingId')
  for (const [key, finding] of last('finding-raised', 'findingId')) {
    const dueOn = text(finding, 'dueOn')
    add([text(finding, 'unitId')], 'S13', dueOn, inTime(closed.get(key), dueOn))
  }

  for (const inspection of last('facility-inspected', 'inspectionId').values()) {
    facts.push({
      unitId: text(inspection, 'unitId'),
      date: city.dateOf(inspection.atMs),
      measure: 'S14',
      numerator: maybeNumber(inspection, 'itemsInOrder') ?? 0,
      denominator: maybeNumber(inspection, 'itemsChecked') ?? 0,
    })
  }
  return facts
}
