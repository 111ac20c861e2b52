/** The part of jstat that is used here; the package brings no types. */
declare module 'jstat' {
  const jStat: {
    readonly beta: { inv(probability: number, alpha: number, beta: number): number }
    readonly gamma: { inv(probability: number, shape: number, scale: number): number }
    readonly studentt: { inv(probability: number, freedom: number): number }
    readonly normal: { inv(probability: number, mean: number, sd: number): number }
    /** Regularized incomplete beta function. */
    ibeta(x: number, a: number, b: number): number
    gammaln(x: number): number
  }
  export default jStat
}
