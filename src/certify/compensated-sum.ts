/**
 * A sum of many floating-point terms whose error does not grow with their number: what each addition
 * loses is kept beside the sum (Neumaier 1974). |error| ≤ ulp(sum) + n²·2⁻¹⁰⁶·Σ|term|.
 */
export class CompensatedSum {
  #sum = 0;
  #lost = 0;

  add(term: number): void {
    const sum = this.#sum + term;
    if (Math.abs(this.#sum) >= Math.abs(term)) this.#lost += this.#sum - sum + term;
    else this.#lost += term - sum + this.#sum;
    this.#sum = sum;
  }

  get total(): number {
    return this.#sum + this.#lost;
  }
}
