/** The measures of domain.md 5.2 and 5.3. S7 and S11 have tables of their own (readings.md 44). */
export const MEASURE_IDS = [
  'A1',
  'A2',
  'A3',
  'A4',
  'A5.TL1',
  'A5.TL2',
  'A5.TL3',
  'A5.TL4',
  'A5.PSW1',
  'A5.PSW2',
  'A5.PSW3',
  'A5.PSW4',
  'C1',
  'B1',
  'B2',
  'B3',
  'B4',
  'S1',
  'S2',
  'S3',
  'S4',
  'S5',
  'S6',
  'S7',
  'S8',
  'S9',
  'S10',
  'S11',
  'S12',
  'S13',
  'S14',
  'S15',
  'K1',
  'K2',
  'K3',
] as const

export type MeasureId = (typeof MEASURE_IDS)[number]

/** Whole ISO weeks that a window spans, its own week the last of them. */
export const WINDOW_WEEKS = { W1: 1, R4: 4, R13: 13, R26: 26, R52: 52 } as const

export type WindowName = keyof typeof WINDOW_WEEKS
