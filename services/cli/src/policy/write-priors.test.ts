import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPolicy } from '@bina/runtime/check-policy'
import { loadPolicy } from '@bina/runtime/load-policy'
import { parseQuarter } from '@bina/scoring/quarter'
import { scoringRulesOn } from '@bina/scoring/scoring-policy'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writePriors } from './write-priors.ts'

const policyDir = new URL('../../../../policy/', import.meta.url).pathname
const A2 = { mean: 0.8312, strength: 55.5 }
let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bina-priors-'))
  await cp(policyDir, dir, { recursive: true })
})
afterEach(() => rm(dir, { recursive: true }))

it("a quarter's priors are added under a new version, and all that stood in the files stays, comments too", async () => {
  const before = await Promise.all(['scoring.yaml', 'version.yaml'].map((file) => readFile(join(dir, file), 'utf8')))
  const write = (quarter: string, unitType: 'kelurahan' | 'upt') =>
    writePriors(dir, parseQuarter(quarter), [{ unitType, priors: { A2 } }], 'a test')
  expect(await write('2027-Q1', 'kelurahan')).toBe('v3')
  expect(await write('2027-Q1', 'upt')).toBe('v4')
  expect(await write('2027-Q2', 'kelurahan')).toBe('v5')
  const after = await Promise.all(['scoring.yaml', 'version.yaml'].map((file) => readFile(join(dir, file), 'utf8')))
  for (const [at, text] of before.entries()) {
    const lines = new Set(after[at]?.split('\n'))
    expect(text.split('\n').filter((line) => !lines.has(line) && !line.startsWith('version:'))).toEqual([])
  }
  const { version, problems, warnings } = await checkPolicy(dir, 2026)
  expect([version, problems]).toEqual(['v5', []])
  expect(warnings.filter(({ message }) => message.includes('was changed'))).toEqual([])
  const { scoring } = await loadPolicy(dir)
  const a2 = (week: string, type: string) => scoringRulesOn(scoring, week, type).priors.A2
  const starting = { mean: 0.82, strength: 40 }
  expect([a2('2027-01-04', 'kelurahan'), a2('2027-04-05', 'kelurahan'), a2('2027-01-04', 'upt')]).toEqual([A2, A2, A2])
  expect([a2('2026-12-28', 'kelurahan'), a2('2027-04-05', 'upt')]).toEqual([starting, starting])
})

it('how alike the days of a person are is dated from the quarter on, and what held before stays as it counted', async () => {
  const fitted = { A1: 0.03, A2: 0.12, A3: 0.08 }
  expect(await writePriors(dir, parseQuarter('2027-Q1'), [], 'a test', fitted)).toBe('v3')
  const { problems } = await checkPolicy(dir, 2026)
  expect(problems).toEqual([])
  const { scoring } = await loadPolicy(dir)
  const rho = (week: string) => scoringRulesOn(scoring, week).personCorrelation
  expect([rho('2025-12-29').A2, rho('2026-12-28').A2, rho('2027-01-04'), rho('2030-01-07')]).toEqual([
    0,
    0.1,
    fitted,
    fitted,
  ])
  await expect(writePriors(dir, parseQuarter('2027-Q1'), [], 'a test', fitted)).rejects.toThrow(/already/)
  await expect(writePriors(dir, parseQuarter('2026-Q4'), [], 'a test', fitted)).rejects.toThrow(/already/)
  expect(await writePriors(dir, parseQuarter('2027-Q2'), [], 'a test', { ...fitted, A2: 0.2 })).toBe('v4')
})
