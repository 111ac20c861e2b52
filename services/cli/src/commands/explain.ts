import { unitNames } from '@bina/clickhouse/facts-behind'
import { createUnitFacts } from '@bina/clickhouse/unit-facts'
import { isoWeekName, mondayOf, parseWeek } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { explainUnitWeek } from '../explain/explain-unit-week.ts'
import { nearUnits } from '../explain/near-units.ts'
import { tellExplanation } from '../explain/tell-explanation.ts'
import { isoInstants } from '../iso-instants.ts'
import { printable } from '../printable.ts'
import { type Servers, withServers } from '../servers.ts'

/** What a unit's two scores of a week are made of, down to the events, and what would have to change. Names no person. */
export async function explain(
  context: CommandContext,
  asked: { readonly unitId: string; readonly week: string; readonly all: boolean },
): Promise<void> {
  const week = parseWeek(asked.week)
  await withServers(context.env, async (servers) => {
    const nowMs = Date.now()
    const { zone } = servers
    const current = mondayOf(dateIn(zone, nowMs))
    if (week > current)
      throw new CommandError(`${isoWeekName(week)} has not begun. The running week is ${isoWeekName(current)}.`, 2)
    const name = await nameOfUnit(servers, asked.unitId)
    const explanation = await explainUnitWeek(servers, { unitId: asked.unitId, name, week }, nowMs)
    for (const line of tellExplanation(explanation, { zone, all: asked.all })) context.say(line)
    context.answer(isoInstants(explanation))
  })
}

async function nameOfUnit({ clickhouse, zone }: Servers, unitId: string): Promise<string> {
  const known = await unitNames(clickhouse)
  const found = known.find((unit) => unit.unitId === unitId)
  if (found !== undefined) return found.name
  if ((await createUnitFacts(clickhouse, { zone }).allUnits()).includes(unitId))
    throw new CommandError(
      `There are events of the unit ${printable(unitId)}, but the directory does not know it: they are kept, and count once it does.`,
      1,
      { code: 'unknown_unit', hint: 'Publish bina.directory.unit.v1 of it.' },
    )
  if (known.length === 0)
    throw new CommandError('No unit is known yet: publish the directory first.', 1, { code: 'unknown_unit' })
  const near = nearUnits(unitId, known)
  throw new CommandError(`The unit ${printable(unitId)} is not known.`, 1, {
    code: 'unknown_unit',
    hint:
      near.length === 0
        ? 'The known ones: SELECT unit_id, name FROM unit'
        : `Did you mean ${near.map((unit) => `${unit.unitId} (${unit.name})`).join(', ')}?`,
  })
}
