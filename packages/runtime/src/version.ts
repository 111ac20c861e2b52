/** The product's version, the same for every package and service of the repository. */
export const version = '0.1.0'
