import { forbiddenWords } from './data/forbidden-words.ts'
import { messagesFor } from './messages/messages-for.ts'
import type { ReportLocale } from './report-input.ts'
import { MINIMUM_FOR_PERCENT } from './speak-of-measure.ts'

export interface WordingFinding {
  readonly rule: 'forbidden_word' | 'personal_number' | 'percentage_of_few' | 'percentage_without_count'
  readonly found: string
  /** Some words around it. */
  readonly excerpt: string
}

export interface LintOptions {
  /** Values of the directory, such as the unit's name, that are shown as they are. */
  readonly names?: readonly string[]
}

/**
 * The editorial rules of the reports (domain.md 3.2, reading 42) over a rendered text of any width: no word that ranks, judges people or
 * threatens or names a person, but for the one sentence that rules sanctions out; and a percentage only beside its count, of ten or more.
 */
export function lintWording(
  text: string,
  locale: ReportLocale,
  { names = [] }: LintOptions = {},
): readonly WordingFinding[] {
  // The disclaimer speaks of sanctions in order to rule them out. It goes first, as a whole: a name could be a word of it.
  // An address is no wording, whatever letters and signs it is made of.
  const line = oneLine(text).replace(/https?:\/\/\S+/g, '·')
  const shown = [messagesFor(locale).disclaimer, ...names].map(oneLine)
  const read = shown
    .filter((part) => part !== '' && line.includes(part))
    .reduce((rest, part) => rest.replace(standing(part), '·'), line)
  return [...forbidden(read, locale), ...personalNumbers(read), ...percentages(read)]
}

function forbidden(text: string, locale: ReportLocale): readonly WordingFinding[] {
  return [...text.matchAll(forbiddenPattern(locale))].map((match) => finding('forbidden_word', text, match))
}

/** As long as a NIK (16), a NIP (18) or a telephone number of Indonesia: no report has a reason to hold one. */
function personalNumbers(text: string): readonly WordingFinding[] {
  const numbers = /(?<![\p{L}\d.:/_-])(?:\d{16}|\d{18}|(?:\+62|08)[\d -]{8,13}\d)(?![\p{L}\d])/gu
  return [...text.matchAll(numbers)].map((match) => finding('personal_number', text, match))
}

/** The count that a percentage belongs to stands before it, `11 dari 14 (79%)`, in the same sentence. */
function percentages(text: string): readonly WordingFinding[] {
  return [...text.matchAll(/\d[\d.,]*\s*(?:%|percent\b|per cent\b|persen\b)/giu)].flatMap((match) => {
    const sentence =
      text
        .slice(0, match.index)
        .split(/[.!?]\s/)
        .at(-1) ?? ''
    const count = [...sentence.matchAll(/\d[\d.,]*\s+(?:of|dari)\s+(\d[\d.,]*)/gu)].at(-1)?.[1]
    if (count === undefined) return [finding('percentage_without_count', text, match)]
    const n = Number(count.replace(/[.,]/g, ''))
    return n < MINIMUM_FOR_PERCENT ? [finding('percentage_of_few', text, match)] : []
  })
}

const patterns = new Map<ReportLocale, RegExp>()

/** Made once for each language: making it costs more than a report's text takes to read. */
function forbiddenPattern(locale: ReportLocale): RegExp {
  const known = patterns.get(locale)
  if (known !== undefined) return known
  const pattern = anyOf(forbiddenWords[locale])
  patterns.set(locale, pattern)
  return pattern
}

function anyOf(words: readonly string[]): RegExp {
  const parts = words.map((word) => word.replace(/\*/g, '\\p{L}*').replace(/ /g, '\\s+'))
  return new RegExp(`(?<!\\p{L})(?:${parts.join('|')})(?!\\p{L})`, 'giu')
}

/** A text where it stands alone, not as a part of another word or number. */
function standing(part: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\d])${part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\\p{L}\\d])`, 'gu')
}

function finding(rule: WordingFinding['rule'], text: string, match: RegExpMatchArray): WordingFinding {
  const at = match.index ?? 0
  return { rule, found: match[0], excerpt: text.slice(Math.max(0, at - 40), at + match[0].length + 40) }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
