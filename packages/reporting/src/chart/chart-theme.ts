// The colours of the mail (html-theme) on white: none of them judges, and neighbours differ by 3 to 1 or by their shape.
export const chartTheme = {
  font: 'Inter',
  ink: '#1d2a33',
  quiet: '#56636d',
  accent: '#17596b',
  range: '#e9f1f2',
  whisker: '#5c929f',
  rule: '#dcd8ce',
  ground: '#ffffff',
} as const

/** Wide as the mail's column, in pixels of the mail. */
export const chartWidth = 536
