import { join } from 'node:path'
import { type SpotCheckPolicy, spotCheckPolicySchema } from '@bina/domain/spot-check-rules'
import { type ActionLibrary, actionLibrarySchema } from '@bina/reporting/action-library'
import { type EffectPolicy, effectPolicySchema } from '@bina/scoring/effect/effect-rules'
import type { z } from 'zod'
import { PolicyError } from './load-policy.ts'
import { readPolicyFile } from './policy-file.ts'

// By these no figure of a unit is made, so that they are no part of a policy's version: how checks are drawn, when it may be said that
// coaching helped, and which steps the reports suggest.

/** @throws PolicyError */
export const loadSpotCheckPolicy = (dir: string): Promise<SpotCheckPolicy> =>
  load(dir, 'spot-checks.yaml', spotCheckPolicySchema)

/** @throws PolicyError */
export const loadEffectPolicy = (dir: string): Promise<EffectPolicy> =>
  load(dir, 'coaching-effect.yaml', effectPolicySchema)

/** @throws PolicyError */
export const loadActionLibrary = (dir: string): Promise<ActionLibrary> => load(dir, 'actions.yaml', actionLibrarySchema)

async function load<T>(dir: string, file: string, schema: z.ZodType<T>): Promise<T> {
  const read = await readPolicyFile(join(dir, file))
  if ('faults' in read)
    throw new PolicyError(
      dir,
      read.faults.map((fault) => ({ file, path: '', ...fault })),
    )
  const result = schema.safeParse(read.value)
  if (result.success) return result.data
  throw new PolicyError(
    dir,
    result.error.issues.map(({ path, message }) => ({
      file,
      line: read.lineOf(path),
      path: path.join('.'),
      message,
    })),
  )
}
