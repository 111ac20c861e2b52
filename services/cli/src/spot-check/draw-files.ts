import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isoWeekName } from '@bina/domain/week'
import { drawOf, type PublishedDraw, publishedDrawSchema } from '@bina/pipeline/spot-check/published-draw'
import { SEED } from '@bina/pipeline/spot-check/seeded-order'
import { z } from 'zod'
import { CommandError } from '../command-error.ts'

const callListSchema = z.strictObject({
  drawId: z.string(),
  beacon: z.string().nullable(),
  rosters: z.record(z.string(), z.array(z.string())),
  calls: z.array(
    z.strictObject({
      checkId: z.string(),
      date: z.string(),
      time: z.string(),
      at: z.string(),
      unitId: z.string(),
      personKey: z.string(),
      callerUnitId: z.string().nullable(),
      kind: z.enum(['rotation', 'free']),
      drawId: z.string(),
      inclusionProbability: z.number(),
    }),
  ),
  /** Where the next week goes on; null while a public value is waited for. */
  rotation: z.strictObject({ block: z.int(), done: z.array(z.string()) }).nullable(),
})

export type CallList = z.infer<typeof callListSchema>
export type DrawFiles = ReturnType<typeof drawFiles>

/**
 * A week's draw in the data directory. `commitment` and `revealed` are for everybody; `seed` and `calls` are for their owner alone
 * (mode 0600): who knows them before the week knows who will be called, and `calls` names keys of persons.
 */
export function drawFiles(dataDir: string, week: string) {
  const folder = join(dataDir, 'spot-checks')
  const path = (kind: string) => join(folder, `${isoWeekName(week)}.${kind}`)
  return {
    seed: path('seed'),
    calls: path('calls.json'),
    commitment: path('commitment.json'),
    revealed: path('revealed.json'),
    /** The latest draw of an earlier week, and where it left the rotation; null when there is none. */
    previous: () => {
      const weeks = listed(folder)
        .filter((name) => name.endsWith('.commitment.json'))
        .map((name) => readDraw(join(folder, name)))
        .filter((draw) => draw !== undefined && draw.frame.week < week)
      const last = weeks.toSorted((a, b) => ((a?.frame.week ?? '') < (b?.frame.week ?? '') ? -1 : 1)).at(-1)
      if (last === undefined) return null
      const { drawId, commitment, frame } = last
      const files = drawFiles(dataDir, frame.week)
      // What is revealed tells it too: the list of calls may be deleted by then.
      const revealed = readDraw(files.revealed)?.revealed
      const rotation =
        revealed === undefined || revealed === null
          ? readCallList(files.calls)?.rotation
          : drawOf(frame, revealed.seed, revealed.beacon).rotation
      if (rotation === undefined || rotation === null) {
        throw new CommandError(
          `The draw before, ${drawId}, has no list of calls yet, so nobody knows whose turn is next. Draw it to its end (--beacon), or put its file ${isoWeekName(frame.week)}.calls.json back.`,
        )
      }
      return { drawId, commitment, rotation }
    },
  }
}

export function readDraw(file: string): PublishedDraw | undefined {
  const value = readJson(file)
  if (value === undefined) return undefined
  const parsed = publishedDrawSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new CommandError(`${file} is no published draw: ${issue?.path.join('.')}: ${issue?.message}.`)
}

export function readCallList(file: string): CallList | undefined {
  const value = readJson(file)
  if (value === undefined) return undefined
  const parsed = callListSchema.safeParse(value)
  if (!parsed.success) throw new CommandError(`${file} is no list of calls.`)
  return parsed.data
}

/** The secret of a draw; made, for its owner alone, where there is none yet and `make` says so. Its value is never in a message. */
export function readSeed(file: string, options: { readonly make: boolean }): string {
  try {
    const text = readFileSync(file, 'utf8').trim()
    if ((statSync(file).mode & 0o077) !== 0) {
      throw new CommandError(`${file} can be read by others on this machine. Make it yours alone: chmod 600 ${file}`)
    }
    if (!SEED.test(text)) throw new CommandError(`${file} holds no seed: expected 64 hex digits, in small letters.`)
    return text
  } catch (error) {
    if (!isMissing(error)) throw error
    if (!options.make) throw new CommandError(`The seed is not in ${file}. Without it the draw cannot be revealed.`)
  }
  const seed = randomBytes(32).toString('hex')
  writeWhole(file, `${seed}\n`, 0o600)
  return seed
}

/** All or nothing: a crash leaves the old file or the new one. */
export function writeWhole(file: string, text: string, mode: number): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, text, { mode })
  renameSync(`${file}.new`, file)
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (isMissing(error)) return undefined
    if (error instanceof SyntaxError) throw new CommandError(`${file} is not JSON.`)
    throw error
  }
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'
