/**
 * Measures of which it is asked whether coaching moved them: shares, counted by the week. All are asked at once, whatever the coaching
 * was about, so that nobody picks the one that looks best.
 */
export const COACHING_MEASURES = ['A1', 'A2', 'A3', 'S1', 'S2', 'S5', 'S6'] as const

export type CoachingMeasure = (typeof COACHING_MEASURES)[number]
