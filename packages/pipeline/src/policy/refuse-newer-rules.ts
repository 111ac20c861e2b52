import type { PolicyLog } from '../ports/policy-log.ts'
import { PolicyBehindError } from './policy-behind-error.ts'

/**
 * To be asked before each batch: while newer rules are brought in, a worker that still has the old ones would work out by them what the
 * others touch, and nobody would touch it again. It is to end instead, and leave its partitions to the others.
 * @throws PolicyBehindError when the tables follow, or are on their way to, a version that is not in `history`
 */
export function createRefuseNewerRules(
  config: { readonly version: string; readonly history: readonly string[] },
  deps: { readonly policyLog: Pick<PolicyLog, 'versionsWanted'> },
): () => Promise<void> {
  return async () => {
    const newer = (await deps.policyLog.versionsWanted()).find((version) => !config.history.includes(version))
    if (newer !== undefined) throw new PolicyBehindError(newer, config.version)
  }
}
