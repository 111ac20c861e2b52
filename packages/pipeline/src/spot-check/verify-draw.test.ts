import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { drawOf, type PublishedDraw, publishDraw, publishedDrawSchema, revealDraw } from './published-draw.ts'
import { frameOf, kelurahan, seedOf } from './test-frame.ts'
import { verifyDraw } from './verify-draw.ts'

const units = kelurahan(30)
const seed = seedOf(7)
const committed = publishDraw(frameOf(units), seed, '2026-11-22T08:00:00.000Z')
const revealed = revealDraw(committed, seed, null)
const rosters = Object.fromEntries(units.map(({ unitId, staffKeys }) => [unitId, [...staffKeys].toSorted()]))
const copy = (draw: PublishedDraw): PublishedDraw => structuredClone(draw)

describe('an auditor', () => {
  it('finds a published draw as it must be, from the file alone', () => {
    const read = publishedDrawSchema.parse(JSON.parse(JSON.stringify(revealed)))
    expect(verifyDraw(read, { commitment: committed.commitment, rosters })).toEqual({
      state: 'agrees',
      differences: [],
      unchecked: [],
    })
  })

  it('makes the commitment with nothing but sha256', () => {
    const hash = createHash('sha256').update(`${seed}${committed.frameHash}`).digest('hex')
    expect(committed.commitment).toBe(hash)
  })

  it('sees neither seed nor slots nor persons before the week', () => {
    const text = JSON.stringify(committed)
    expect(text).not.toContain(seed)
    expect(text).not.toContain('person_')
    expect(verifyDraw(committed).state).toBe('committed')
  })

  it('sees no person in what is revealed', () => {
    expect(JSON.stringify(revealed)).not.toContain('person_')
  })

  it('is told of a frame that was changed after it was published', () => {
    const changed = copy(revealed)
    changed.frame.units.pop()
    expect(verifyDraw(changed).differences[0]).toMatch(/the frame was changed/)
  })

  it('is told of a seed that was chosen afterwards', () => {
    const other = revealDraw(committed, seedOf(8), null)
    expect(verifyDraw(other)).toMatchObject({ state: 'differs' })
    expect(verifyDraw(other).differences[0]).toMatch(/does not belong to the commitment/)
  })

  it('is told of a commitment that is not the one published', () => {
    const later = revealDraw(publishDraw(frameOf(units), seedOf(9), ''), seedOf(9), null)
    expect(verifyDraw(later).state).toBe('agrees')
    expect(verifyDraw(later, { commitment: committed.commitment }).differences[0]).toMatch(/the commitment is/)
  })

  it.each([
    ['unitId', '16.71.01.1000'],
    ['personNumber', 99],
    ['date', '2026-11-28'],
    ['minuteOfDay', 0],
    ['inclusionProbability', 0.5],
  ] as const)('is told which slot says another %s than was drawn', (field, value) => {
    const changed = copy(revealed)
    const slots = changed.revealed?.slots ?? []
    const at = slots.findIndex((slot) => slot[field] !== value)
    Object.assign(slots[at] ?? {}, { [field]: value })
    expect(verifyDraw(changed).differences).toEqual([expect.stringContaining(`slot ${at + 1}: ${field} must be`)])
  })

  it('is told of a check left out and of one added', () => {
    const fewer = copy(revealed)
    fewer.revealed?.slots.pop()
    expect(verifyDraw(fewer).differences).toEqual(['there are 59 checks, and not 60', 'slot 60 is missing'])
    const more = copy(revealed)
    more.revealed?.slots.push({ ...(revealed.revealed?.slots[0] ?? expect.fail()), slot: 61 })
    expect(verifyDraw(more).differences).toEqual(['there are 61 checks, and not 60'])
  })

  it('is told of a roster that is not the one drawn from', () => {
    const [first = ''] = Object.keys(rosters)
    expect(verifyDraw(revealed, { rosters: { ...rosters, [first]: ['somebody_else'] } }).differences).toEqual([
      `${first}: the roster given is not the one that was drawn from`,
    ])
  })

  it('is told of a public value that was announced and left out', () => {
    const announced = publishDraw(frameOf(units, { beaconFrom: 'drand round 1' }), seed, '')
    expect(verifyDraw(revealDraw(announced, seed, 'abc')).state).toBe('agrees')
    expect(verifyDraw(revealDraw(announced, seed, null)).differences[0]).toMatch(/announced and is missing/)
    expect(drawOf(announced.frame, seed, 'abc').slots).not.toEqual(drawOf(announced.frame, seed, 'abd').slots)
  })
})

describe('a block', () => {
  const { rotation } = drawOf(committed.frame, seed, null)
  const previous = { drawId: committed.drawId, commitment: committed.commitment, rotation }
  const next = publishDraw(frameOf(units, { week: '2026-11-30', previous }), seedOf(10), '')

  it('goes on from the draw before, as anybody can recompute from the two', () => {
    expect(verifyDraw(next, { previous: revealed })).toMatchObject({ state: 'committed', differences: [] })
  })

  it('that passes over a unit is noticed', () => {
    const skipping = { ...previous, rotation: { ...rotation, done: [...rotation.done, '16.71.01.1027'].toSorted() } }
    const draw = publishDraw(frameOf(units, { week: '2026-11-30', previous: skipping }), seedOf(10), '')
    expect(verifyDraw(draw, { previous: revealed }).differences[0]).toMatch(/the block must go on as block/)
  })

  it('that goes on from another draw is noticed, and one that was not revealed yet', () => {
    const other = revealDraw(publishDraw(frameOf(units), seedOf(11), ''), seedOf(11), null)
    expect(verifyDraw(next, { previous: other }).differences[0]).toMatch(/the draw before must be/)
    expect(verifyDraw(next, { previous: committed }).differences[0]).toMatch(/has not been revealed/)
  })
})
