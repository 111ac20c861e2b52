import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareEvents, identityOf } from './event-order.ts'
import type { KnownEvent } from './known-event.ts'
import { liveEvents, type Revision, revisionOf } from './live-events.ts'
import { standing } from './standing.ts'
import { clock, event, statusSet, withdrawal } from './test-events.ts'

/** `a`, `b`, ... happen one after the other; `b>a` supersedes, `b-a` withdraws, `c-a>b` does both. */
function told(...sentences: readonly string[]): readonly Revision[] {
  return sentences.map((sentence) => {
    const [, id = '', withdraws, supersedes] = /^(\w)(?:-(\w))?(?:>(\w))?$/.exec(sentence) ?? []
    return {
      source: '/test',
      id,
      occurredAtMs: id.charCodeAt(0),
      ...(supersedes === undefined ? {} : { supersedes }),
      ...(withdraws === undefined ? {} : { withdraws }),
    }
  })
}

function standingIds(revisions: readonly Revision[]): string {
  const stands = standing(revisions)
  return revisions
    .filter((revision) => stands.has(identityOf(revision)))
    .map(({ id }) => id)
    .sort()
    .join('')
}

describe('which events stand', () => {
  it.each([
    ['without corrections all stand', ['a', 'b'], 'ab'],
    ['a correction stands in the place of what it replaces', ['a', 'b>a'], 'b'],
    ['a chain of corrections leaves its last', ['a', 'b>a', 'c>b'], 'c'],
    ['two may replace one, and both stand', ['a', 'b>a', 'c>a'], 'bc'],
    ['a correction that comes before its target replaces it too', ['b', 'a>b'], 'a'],
    ['a withdrawn event is gone, its withdrawal stays', ['a', 'b-a'], 'b'],
    ['what a withdrawn correction had replaced stands again', ['a', 'b>a', 'c-b'], 'ac'],
    ['of a chain, the first stands again when the middle one is withdrawn', ['a', 'b>a', 'c>b', 'd-b'], 'acd'],
    ['withdrawing the first of a chain changes nothing for the last', ['a', 'b>a', 'c>b', 'd-a'], 'cd'],
    ['withdrawing a withdrawal restores', ['a', 'b-a', 'c-b'], 'ac'],
    ['withdrawing that too takes it away again', ['a', 'b-a', 'c-b', 'd-c'], 'bd'],
    ['of two withdrawals one is enough', ['a', 'b-a', 'c-a', 'd-c'], 'bd'],
    ['a withdrawal that is replaced no longer withdraws', ['a', 'b', 'c-a', 'd-b>c'], 'ad'],
    ['what replaces a withdrawal need not be one', ['a', 'b-a', 'c>b'], 'ac'],
    ['a replaced withdrawal withdraws again when its replacement is withdrawn', ['a', 'b-a', 'c>b', 'd-c'], 'bd'],
    ['a target that nobody knows is no target', ['a>z', 'b-y'], 'ab'],
    ['an event that replaces itself stands', ['a>a'], 'a'],
    ['a withdrawal that withdraws itself stands', ['a-a'], 'a'],
    ['a ring of two is broken at its last', ['a>b', 'b>a'], 'b'],
    ['a ring of three is broken at its last, which is all that stands', ['a>b', 'b>c', 'c>a'], 'c'],
    ['what leads into a ring still replaces what it names there', ['a>b', 'b>a', 'c>b'], 'c'],
    [
      'a ring with a withdrawn event is no ring: what the rest replaces is replaced',
      ['a>c', 'b>a', 'c>b', 'd-c'],
      'bd',
    ],
    ['whichever of its events is withdrawn', ['a>b', 'b>c', 'c>a', 'd-a'], 'bd'],
    ['and however much has to be found out first', ['a>b', 'b>c', 'c>a', 'd-a', 'e-d', 'f-e'], 'bdf'],
    ['the last of a ring may be the withdrawn one', ['a>b', 'b>a', 'c-b'], 'ac'],
    ['two withdrawals of each other are broken at the last', ['a-b', 'b-a'], 'b'],
    ['three withdrawals in a ring are broken at the last, which takes the next one', ['a-b', 'b-c', 'c-a'], 'bc'],
    ['a withdrawal and what replaces it, which it withdraws, are broken at the last', ['a-b', 'b>a'], 'b'],
    ['and the other way about', ['b-a', 'a>b'], 'b'],
    ['a ring of withdrawals that is broken from outside is none', ['a-b', 'b-a', 'c-b'], 'ac'],
    ['a ring that another ring decides over waits for it', ['a-b', 'b-a', 'y-x>a', 'x-y'], 'by'],
  ])('%s', (_, sentences, expected) => {
    expect(standingIds(told(...sentences))).toBe(expected)
  })

  it('keeps equal ids of other sources apart', () => {
    const revisions = [...told('a', 'b>a'), { source: '/other', id: 'a', occurredAtMs: 1 }]
    expect(standing(revisions)).toEqual(new Set(['/test\nb', '/other\na']))
  })

  it('takes a chain of twenty thousand corrections without a deep stack or a long wait', () => {
    const chain: Revision[] = Array.from({ length: 20_000 }, (_, index) => ({
      source: '/test',
      id: `${index}`,
      occurredAtMs: index,
      ...(index === 0 ? {} : { supersedes: `${index - 1}` }),
    }))
    expect(standing(chain)).toEqual(new Set(['/test\n19999']))
  })
})

/** Small worlds of events that replace and withdraw each other at random. */
const world = fc
  .array(
    fc.record({
      supersedes: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
      withdraws: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined, freq: 2 }),
      occurredAtMs: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) =>
    parts.map(
      ({ supersedes, withdraws, occurredAtMs }, index): Revision => ({
        source: '/test',
        id: `${index}`,
        occurredAtMs,
        ...(supersedes === undefined ? {} : { supersedes: `${supersedes}` }),
        ...(withdraws === undefined ? {} : { withdraws: `${withdraws}` }),
      }),
    ),
  )

/** The words of reading 36 tried out on every set of events that may have been withdrawn. */
function byBruteForce(revisions: readonly Revision[]): readonly string[] {
  const consistent: string[] = []
  for (let bits = 0; bits < 2 ** revisions.length; bits++) {
    const gone = new Set(revisions.filter((_, index) => (bits >> index) & 1))
    const sent = revisions.filter((revision) => !gone.has(revision))
    const replaced = (target: Revision) =>
      sent.some((by) => by.supersedes === target.id && !breaksARing(by, target, sent))
    const acting = sent.filter((revision) => !replaced(revision))
    const agrees = revisions.every((one) => gone.has(one) === acting.some(({ withdraws }) => withdraws === one.id))
    if (agrees)
      consistent.push(
        acting
          .map(({ id }) => id)
          .sort()
          .join(''),
      )
  }
  return consistent
}

function breaksARing(by: Revision, target: Revision, sent: readonly Revision[]): boolean {
  const next = (one: Revision) => sent.find(({ id }) => id === one.supersedes)
  const ring = [target]
  for (let one = next(target); one !== undefined && !ring.includes(one); one = next(one)) ring.push(one)
  return ring.at(-1) === by && ring.every((one) => compareEvents(one, target) <= 0)
}

/** Whether some withdrawal hangs on its own target: then the words alone do not decide. */
function isCircular(revisions: readonly Revision[]): boolean {
  const reaches = (from: Revision, to: Revision): boolean => {
    const seen = new Set<Revision>()
    const visit = (one: Revision): void => {
      if (seen.has(one)) return
      seen.add(one)
      for (const other of revisions) if (other.id === one.supersedes || other.id === one.withdraws) visit(other)
    }
    visit(from)
    return seen.has(to)
  }
  return revisions.some((one) => revisions.some((target) => target.id === one.withdraws && reaches(target, one)))
}

describe('which events stand, of any', () => {
  it('is what the definition says wherever it decides', () => {
    fc.assert(
      fc.property(world, (revisions) => {
        fc.pre(!isCircular(revisions))
        expect(byBruteForce(revisions)).toEqual([standingIds(revisions)])
      }),
      { numRuns: 2000 },
    )
  })

  it('is what the definition says of rings, some of whose events are withdrawn', () => {
    const ring = fc.integer({ min: 2, max: 4 }).chain((length) =>
      fc
        .tuple(
          fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }),
          fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 7 - length, maxLength: 7 - length }),
        )
        .map(([times, targets]) =>
          times.map((occurredAtMs, index): Revision => {
            const identity = { source: '/test', id: `${index}`, occurredAtMs }
            if (index < length) return { ...identity, supersedes: `${(index + 1) % length}` }
            return { ...identity, withdraws: `${targets[index - length]}` }
          }),
        ),
    )
    const told = ring.chain((revisions) => fc.shuffledSubarray(revisions, { minLength: revisions.length }))
    fc.assert(
      fc.property(told, (revisions) => {
        fc.pre(!isCircular(revisions))
        expect(byBruteForce(revisions)).toEqual([standingIds(revisions)])
      }),
      { numRuns: 500 },
    )
  })

  it('does not hang on the order or the number of times in which they are told', () => {
    fc.assert(
      fc.property(world, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (revisions, random) => {
        const shuffled = [...revisions, ...revisions]
          .map((revision) => ({ revision, rank: random.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ revision }) => revision)
        expect(standing(shuffled)).toEqual(standing(revisions))
      }),
    )
  })

  it('always leaves something', () => {
    fc.assert(
      fc.property(world, (revisions) => {
        expect(standing(revisions).size).toBeGreaterThan(0)
      }),
    )
  })
})

describe('the live events of an entity', () => {
  const said = clock('in', '2026-07-06 07:50', { id: 'said' })
  const corrected = clock('in', '2026-07-06 07:20', { id: 'corrected', supersedes: 'said' })

  it('come in order, each once', () => {
    const out = clock('out', '2026-07-06 16:00')
    expect(liveEvents([out, said, out, said], [])).toEqual([said, out])
  })

  it('leave out what one of them replaces, without any further revision being told', () => {
    expect(liveEvents([said, corrected], [])).toEqual([corrected])
  })

  it('leave out what an event of another entity replaces, whatever its type', () => {
    const moved = statusSet('2026-07-07 09:00', { workDate: '2026-07-07' }, { id: 'moved', supersedes: 'said' })
    expect(liveEvents([said], [revisionOf(moved)])).toEqual([])
  })

  it('hold again what was replaced once the correction is withdrawn', () => {
    const mistake = withdrawal('2026-07-08 09:00', 'corrected')
    expect(liveEvents([corrected, said], [revisionOf(mistake)])).toEqual([said])
  })

  it('are not touched by corrections of others', () => {
    const other: KnownEvent = event(
      'bina.coaching.action-done.v1',
      '2026-07-07 09:00',
      { actionId: 'x', unitId: 'A' },
      { id: 'other', supersedes: 'elsewhere' },
    )
    expect(liveEvents([said], [revisionOf(other)])).toEqual([said])
  })
})
