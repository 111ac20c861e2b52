import type { Outcome } from '@bina/domain/outcome'
import type { z } from 'zod'
import { detailOf } from './detail.ts'
import { dataSchemas, type EventData, type EventType } from './event-data.ts'
import { looksLikeCitizenNumber } from './personal-data.ts'

/** Holds `data` against its type's schema, after a look for citizens' numbers where an opaque key belongs. */
export function checkData<T extends EventType>(
  type: T,
  data: unknown,
): Outcome<EventData[T], 'personal_data' | 'schema_violation'> {
  const leak = leakingField(data)
  if (leak !== undefined) {
    const detail = detailOf(`/data/${leak}`, 'an opaque key, no NIK and no NIP')
    return { kind: 'dead_letter', reason: 'personal_data', detail }
  }
  const parsed = dataSchemas[type].safeParse(data)
  // The schema of `type` gives the data of `type`: TypeScript cannot see that through the table.
  if (parsed.success) return { kind: 'ok', value: parsed.data as EventData[T] }
  return { kind: 'dead_letter', reason: 'schema_violation', detail: detailOfIssue(parsed.error.issues[0]) }
}

// Asked of every type, also of those without such a field: whoever handles the dead letter has to know what its bytes hold.
function leakingField(data: unknown): 'personKey' | 'reporterKey' | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  if ('personKey' in data && looksLikeCitizenNumber(data.personKey)) return 'personKey'
  if ('reporterKey' in data && looksLikeCitizenNumber(data.reporterKey)) return 'reporterKey'
  return undefined
}

function detailOfIssue(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return detailOf('/data', 'data of this type')
  const pointer = ['/data', ...issue.path.map((step) => escaped(String(step)))].join('/')
  switch (issue.code) {
    case 'unrecognized_keys':
      return detailOfUnknownField(pointer, issue.keys[0])
    case 'invalid_value':
      return detailOf(pointer, `one of ${issue.values.join(', ')}`)
    case 'invalid_union':
      return detailOf(pointer, `one of ${optionsOf(issue)}`)
    case 'invalid_type':
      return detailOf(pointer, issue.message.startsWith('Invalid input') ? article(issue.expected) : issue.message)
    case 'too_small':
      return detailOf(pointer, `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`)
    case 'too_big':
      return detailOf(pointer, `at most ${issue.maximum}${issue.origin === 'array' ? ' items' : ''}`)
    default:
      // Patterns and refinements carry their own words.
      return detailOf(pointer, issue.message)
  }
}

// zod names the options of a discriminator in the issue, though not in its type.
function optionsOf(issue: object): string {
  return 'options' in issue && Array.isArray(issue.options) ? issue.options.join(', ') : 'the forms of this type'
}

// The name of a field is the sender's: a misspelt name of ours helps them, a number or a sentence may be a citizen's.
function detailOfUnknownField(pointer: string, field: string | undefined): string {
  return field !== undefined && /^[A-Za-z_]{1,40}$/.test(field)
    ? detailOf(`${pointer}/${field}`, 'no such field')
    : detailOf(pointer, 'only fields of the contract')
}

function escaped(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}
