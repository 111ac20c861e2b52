/**
 * By how much a share of person-days is less certain than one of as many independent days: days of one person are alike. With n days,
 * k_i of them the i-th person's, and a correlation rho between two days of one person, it is 1 + (k - 1) rho, where k = sum(k_i^2) / n is
 * the days that a day's own person has (with k days for everybody, k): n days weigh as much as n / (1 + (k - 1) rho)
 * (Kish, Survey Sampling, 1965). 1 where rho is 0, each person has one day, or nothing is known of persons. `squaredDays` is
 * sum(k_i^2), which lies from n to n^2; a store that says otherwise for a moment is taken at the nearer end.
 */
export function designEffect(observations: number, squaredDays: number | undefined, rho: number): number {
  if (squaredDays === undefined || rho <= 0 || observations <= 0) return 1
  const days = Math.min(Math.max(squaredDays / observations, 1), Math.max(observations, 1))
  return 1 + (days - 1) * rho
}
