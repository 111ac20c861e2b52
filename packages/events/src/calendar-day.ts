const daysInMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Days of a month (1 to 12) in the Gregorian calendar; 0 for a month that there is not. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29
  return daysInMonths[month - 1] ?? 0
}

/** Whether a text already known to look like `YYYY-MM-DD` names a day that exists. */
export function isRealDay(date: string): boolean {
  const day = Number(date.slice(8, 10))
  return day >= 1 && day <= daysInMonth(Number(date.slice(0, 4)), Number(date.slice(5, 7)))
}
