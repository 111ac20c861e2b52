import { drawFor, type Life, traitsAt, workdayMinutes, workLater } from './life.ts'
import type { CityUnit } from './palembang.ts'
import { chance, pick, type Random, uniform, wholeBelow } from './random.ts'

/** Who holds a complaint in the end, and since when. */
export interface Custody {
  readonly holder: CityUnit
  readonly fromMs: number
}

/** Tells forwards, refusals and rulings after the first assignment; most complaints stay where they are. */
export function moveCustody(life: Life, assignedMs: number): Custody {
  const random = drawFor(life, 'custody')
  const stays: Custody = { holder: life.unit, fromMs: assignedMs }
  const traits = traitsAt(life, life.unit, assignedMs)
  if (!chance(random, traits.bounceShare)) {
    // Now and then the coordinator finds that it was somebody else's.
    if (!chance(random, 0.02)) return stays
    return assign(
      life,
      2,
      another(life, random),
      'coordinator',
      workLater(life, random, assignedMs, wholeBelow(random, 6 * workdayMinutes)),
    )
  }
  // More than three working days in custody make a forward or a refusal late.
  const heldDays = chance(random, traits.lateBounceShare) ? 3.2 + 4 * uniform(random) : 0.2 + 2.4 * uniform(random)
  const movedMs = workLater(life, random, assignedMs, heldDays * workdayMinutes)
  if (chance(random, 0.35)) {
    tellRefusal(life, random, movedMs)
    // A refusal changes nothing until the coordinator has ruled.
    if (chance(random, 0.5)) return stays
    return assign(
      life,
      2,
      another(life, random),
      'coordinator',
      workLater(life, random, movedMs, 60 + wholeBelow(random, workdayMinutes)),
    )
  }
  const other = assign(life, 2, another(life, random), 'unit', movedMs)
  if (!chance(random, 0.25)) return other
  // Back to where it came from: within ten working days that is one custody, later it is a new one.
  return assign(
    life,
    3,
    life.unit,
    'unit',
    workLater(life, random, movedMs, (0.5 + wholeBelow(random, 12)) * workdayMinutes),
  )
}

function another(life: Life, random: Random): CityUnit {
  const others = life.plan.servingUnits.filter((unit) => unit.unitId !== life.unit.unitId)
  return others.length > 0 ? pick(random, others) : life.unit
}

function assign(life: Life, n: number, unit: CityUnit, ruledBy: 'coordinator' | 'unit', atMs: number): Custody {
  life.tell(`assigned-${life.complaintId}-${n}`, atMs, {
    type: 'bina.complaint.assigned.v1',
    subject: life.complaintId,
    data: { complaintId: life.complaintId, unitId: unit.unitId, ruledBy },
  })
  return { holder: unit, fromMs: atMs }
}

function tellRefusal(life: Life, random: Random, atMs: number): void {
  life.tell(`excluded-${life.complaintId}-2`, atMs, {
    type: 'bina.complaint.excluded.v1',
    subject: life.complaintId,
    data: { complaintId: life.complaintId, reason: chance(random, 0.7) ? 'not_ours' : 'invalid', ruledBy: 'unit' },
  })
}
