import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { type ScoringRules, scoringPolicySchema, scoringRulesOn } from './scoring-policy.ts'

/** Tests only: the rules that policy/scoring.yaml has in force, design effect of persons and all. */
export function cityRules(monday = '2026-06-08'): ScoringRules {
  const path = new URL('../../../policy/scoring.yaml', import.meta.url)
  return scoringRulesOn(scoringPolicySchema.parse(parse(readFileSync(path, 'utf8'))), monday)
}
