import { addDays, type PlainDate } from '@bina/domain/plain-date'

export interface Quarter {
  /** `2026-Q3` */
  readonly name: string
  readonly first: PlainDate
  readonly last: PlainDate
}

/** A text that names no quarter; its message says what does. */
export class QuarterFormatError extends Error {
  readonly code = 'quarter_format'
  override readonly name = 'QuarterFormatError'
}

/** The quarter of the year that holds the date. */
export function quarterOf(date: PlainDate): Quarter {
  return quarter(date.slice(0, 4), Math.ceil(Number(date.slice(5, 7)) / 3))
}

/** @throws QuarterFormatError */
export function parseQuarter(text: string): Quarter {
  const [, year, number] = /^(\d{4})-Q([1-4])$/.exec(text) ?? []
  if (year === undefined || year === '0000')
    throw new QuarterFormatError(`'${text}' is no quarter: write it as 2026-Q3`)
  return quarter(year, Number(number))
}

export function nextQuarter({ last }: Quarter): Quarter {
  return quarterOf(addDays(last, 1))
}

function quarter(year: string, number: number): Quarter {
  const month = (at: number) => String(at).padStart(2, '0')
  const lastDay = number === 1 || number === 4 ? 31 : 30
  return {
    name: `${year}-Q${number}`,
    first: `${year}-${month(number * 3 - 2)}-01`,
    last: `${year}-${month(number * 3)}-${lastDay}`,
  }
}
