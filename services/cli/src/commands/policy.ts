import { checkPolicy } from '@bina/runtime/check-policy'
import { placed } from '@bina/runtime/load-policy'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { environmentWithStack } from '../variables.ts'

/** Reads all files of a policy and says, with file and line, what is wrong, what should not stay so, and what is not settled. */
export async function policyCheck(context: CommandContext, options: { readonly dir?: string }): Promise<void> {
  const dir = options.dir ?? environmentWithStack(context.env).BINA_POLICY_DIR ?? 'policy'
  const check = await checkPolicy(dir, new Date().getUTCFullYear())
  const { version, problems, warnings, unsettled } = check
  for (const finding of problems) context.say(`wrong: ${placed(finding)}\n       ${finding.next}`)
  for (const finding of warnings) context.say(`warning: ${placed(finding)}\n         ${finding.next}`)
  for (const status of ['provisional', 'unconfirmed'] as const) {
    const entries = unsettled.filter((entry) => entry.status === status)
    if (entries.length === 0) continue
    context.say(`${entries.length} ${entries.length === 1 ? 'entry is' : 'entries are'} ${status}:`)
    for (const { file, line, path, basis } of entries) context.say(`  ${file}:${line} at ${path}: ${basis}`)
  }
  if (version !== undefined) context.say(`The rules in ${dir} can be used: ${version}, ${warnings.length} warnings.`)
  context.answer({ dir, ok: problems.length === 0, ...check })
  if (problems.length > 0)
    throw new CommandError(`The rules in ${dir} cannot be used: ${problems.length} to correct, see above.`)
}
