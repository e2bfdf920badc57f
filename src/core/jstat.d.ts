/** The part of jstat that is used; it comes without types. */
declare module 'jstat' {
  interface StudentT {
    /** P(T <= x) with so many degrees of freedom. */
    cdf(x: number, df: number): number;
    /** The x with P(T <= x) = p. */
    inv(p: number, df: number): number;
  }
  const jstat: { readonly jStat: { readonly studentt: StudentT } };
  export default jstat;
}
