/**
 * Stands where a unit's id would: a complaint that names no unit, while nobody has been given it. It is no unit's, and counts with
 * the city alone.
 */
export const noUnit = ''
