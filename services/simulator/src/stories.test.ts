import { mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import type { ServiceEvent } from '@bina/events/service-event'
import { describe, expect, it } from 'vitest'
import { fixtureCalendar } from './fixture-calendar.ts'
import { simulateCity } from './simulate-city.ts'
import { type PlantedStory, plantedStories } from './stories.ts'
import type { StoryKind } from './story-lines.ts'

const zone = 'Asia/Jakarta'
const options = { weeks: 26, lastWeekMonday: '2026-06-29', units: 40, staffPerUnit: 4, zone, source: '/s' } as const

/** One yes or no, or a value from 0 to 1, of one unit in one week. */
interface Fact {
  readonly unitId: string
  readonly monday: string
  readonly value: number
}

const mondayAt = (event: ServiceEvent) => mondayOf(dateIn(zone, event.occurredAtMs))
const mean = (facts: readonly Fact[]) => facts.reduce((sum, fact) => sum + fact.value, 0) / facts.length

function rudeness(events: readonly ServiceEvent[]): Fact[] {
  return events.flatMap((event) =>
    event.type === 'bina.complaint.received.v1' && event.data.unitId !== undefined
      ? [{ unitId: event.data.unitId, monday: mondayAt(event), value: event.data.category === 'rude' ? 1 : 0 }]
      : [],
  )
}

function auditResults(events: readonly ServiceEvent[]): Fact[] {
  return events.flatMap((event) => {
    if (event.type !== 'bina.resolution.audited.v1') return []
    const { unitId, auditorUnitId, result } = event.data
    if (auditorUnitId === unitId || result === 'unreachable') return []
    return [{ unitId, monday: mondayAt(event), value: result === 'verified' ? 1 : 0 }]
  })
}

function bounces(events: readonly ServiceEvent[]): Fact[] {
  const bounced = new Set<string>()
  for (const event of events) {
    if (event.type === 'bina.complaint.assigned.v1' || event.type === 'bina.complaint.excluded.v1')
      if (event.data.ruledBy === 'unit') bounced.add(event.data.complaintId)
  }
  return events.flatMap((event) =>
    event.type === 'bina.complaint.assigned.v1' && event.id.endsWith('-1')
      ? [{ unitId: event.data.unitId, monday: mondayAt(event), value: bounced.has(event.data.complaintId) ? 1 : 0 }]
      : [],
  )
}

function leaveDays(events: readonly ServiceEvent[]): Fact[] {
  const days = new Map<string, Fact>()
  for (const event of events) {
    if (event.type !== 'bina.attendance.recorded.v1' && event.type !== 'bina.attendance.status-set.v1') continue
    const { personKey, workDate, unitId } = event.data
    const value = event.type === 'bina.attendance.status-set.v1' && event.data.status === 'excused_leave' ? 1 : 0
    const key = `${personKey} ${workDate}`
    days.set(key, { unitId, monday: mondayOf(workDate), value: Math.max(value, days.get(key)?.value ?? 0) })
  }
  return [...days.values()]
}

function courtesy(events: readonly ServiceEvent[]): Fact[] {
  return events.flatMap((event) => {
    if (event.type !== 'bina.resolution.rated.v1') return []
    const { conduct, procedure, requirements } = event.data.answers
    const answers = [conduct, procedure, requirements].flatMap((answer) =>
      answer === undefined ? [] : [(answer - 1) / 3],
    )
    if (answers.length === 0) return []
    const value = answers.reduce((sum, answer) => sum + answer, 0) / answers.length
    return [{ unitId: event.data.unitId, monday: mondayAt(event), value }]
  })
}

describe.each([1, 2, 3])('the stories of city %i can be seen in its events', (seed) => {
  const events = [...simulateCity({ ...options, seed, calendar: fixtureCalendar(zone) })]
  const stories = new Map<StoryKind, PlantedStory>(plantedStories(options).map((story) => [story.kind, story]))
  const storyUnits = new Set([...stories.values()].map((story) => story.unitId))
  const told = (kind: StoryKind) => {
    const story = stories.get(kind)
    if (story === undefined) throw new Error(`no story ${kind}`)
    return story
  }
  const own = (kind: StoryKind, facts: readonly Fact[]) => facts.filter((fact) => fact.unitId === told(kind).unitId)
  const others = (facts: readonly Fact[]) => facts.filter((fact) => !storyUnits.has(fact.unitId))
  const before = (kind: StoryKind, facts: readonly Fact[]) =>
    own(kind, facts).filter((fact) => fact.monday < told(kind).fromMonday)
  const since = (kind: StoryKind, facts: readonly Fact[]) =>
    own(kind, facts).filter((fact) => fact.monday >= told(kind).fromMonday)

  it('the unit that turns rude has few such complaints before week 9 and many since', () => {
    const { fromWeek, expectation } = told('turns_rude')
    expect(fromWeek).toBe(9)
    expect(Math.abs(mean(before('turns_rude', rudeness(events))) - expectation.usual)).toBeLessThan(0.2)
    expect(Math.abs(mean(since('turns_rude', rudeness(events))) - expectation.planted)).toBeLessThan(0.2)
    expect(mean(before('turns_rude', courtesy(events))) - mean(since('turns_rude', courtesy(events)))).toBeGreaterThan(
      0.2,
    )
  })

  it('the unit that closes without fixing fails most audits, others few', () => {
    const { expectation } = told('closes_without_fixing')
    const audits = auditResults(events)
    expect(own('closes_without_fixing', audits).length).toBeGreaterThan(10)
    expect(Math.abs(mean(own('closes_without_fixing', audits)) - expectation.planted)).toBeLessThan(0.2)
    expect(Math.abs(mean(others(audits)) - expectation.usual)).toBeLessThan(0.1)
  })

  it('the unit that bounces complaints passes on more than half, others hardly any', () => {
    const { expectation } = told('bounces_complaints')
    const facts = bounces(events)
    expect(Math.abs(mean(own('bounces_complaints', facts)) - expectation.planted)).toBeLessThan(0.25)
    expect(mean(others(facts))).toBeLessThan(0.2)
  })

  it('the unit with exempt days has ever more of them', () => {
    const { expectation } = told('exempt_days')
    const facts = own('exempt_days', leaveDays(events))
    const mondays = [...new Set(facts.map((fact) => fact.monday))].sort()
    const share = (weeks: readonly string[]) => mean(facts.filter((fact) => weeks.includes(fact.monday)))
    expect(share(mondays.slice(0, 4))).toBeLessThan(0.18)
    expect(share(mondays.slice(11, 15))).toBeGreaterThan(share(mondays.slice(0, 4)))
    expect(Math.abs(share(mondays.slice(-4)) - expectation.planted)).toBeLessThan(0.2)
    expect(mean(others(leaveDays(events)))).toBeLessThan(0.1)
  })

  it('the unit that coaching helped was coached in week 13 and is rated kinder since', () => {
    const { unitId, fromWeek, fromMonday, expectation } = told('coaching_helped')
    expect(fromWeek).toBe(13)
    const held = events.filter((event) => event.type === 'bina.coaching.held.v1' && event.data.unitId === unitId)
    expect(held.map(mondayAt)).toEqual([fromMonday])
    expect(Math.abs(mean(before('coaching_helped', courtesy(events))) - expectation.usual)).toBeLessThan(0.2)
    expect(Math.abs(mean(since('coaching_helped', courtesy(events))) - expectation.planted)).toBeLessThan(0.2)
  })
})

describe('planted stories', () => {
  it('are told in both languages, with the unit and its week', () => {
    const stories = plantedStories(options)
    expect(stories.map((story) => story.kind)).toEqual([
      'turns_rude',
      'closes_without_fixing',
      'bounces_complaints',
      'exempt_days',
      'coaching_helped',
    ])
    for (const { description } of stories)
      expect(Object.values(description).every((text) => text.length > 20)).toBe(true)
    expect(stories[0]).toMatchObject({ unitId: '16.71.05.1003', unitName: '13 Ilir', fromMonday: '2026-03-02' })
  })

  it('move forward in a shorter simulation, and leave out what it cannot hold', () => {
    const kinds = (city: Parameters<typeof plantedStories>[0]) => plantedStories(city).map((story) => story.kind)
    expect(plantedStories({ ...options, weeks: 13 }).map((story) => story.fromWeek)).toEqual([5, 1, 1, 1, 7])
    expect(kinds({ ...options, units: 2 })).toEqual(['turns_rude'])
    expect(kinds({ ...options, withReassignments: false })).not.toContain('bounces_complaints')
    expect(kinds({ ...options, weeks: 1 })).not.toContain('turns_rude')
  })
})
