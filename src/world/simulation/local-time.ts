/** Slots on the clock of the place whose offset `start` has. Days are numbered from that of slot 0. */
export class LocalTime {
  readonly #startMinute: number;

  constructor(
    start: string,
    readonly slotMinutes: number,
  ) {
    const clock = /T(\d\d):(\d\d)/.exec(start);
    this.#startMinute = clock ? Number(clock[1]) * 60 + Number(clock[2]) : 0;
  }

  get slotHours(): number {
    return this.slotMinutes / 60;
  }

  /** Hours, rounded to slots. */
  slotsOf(hours: number): number {
    return Math.round((hours * 60) / this.slotMinutes);
  }

  /** Hours since the midnight before slot 0 at which slot t begins. */
  hourOf(t: number): number {
    return (this.#startMinute + t * this.slotMinutes) / 60;
  }

  dayOf(t: number): number {
    return Math.floor(this.hourOf(t) / 24);
  }

  /** Hours of slot t that fall into [from, until) of any day. */
  hoursWithin(t: number, from: number, until: number): number {
    const begin = this.hourOf(t);
    const end = begin + this.slotHours;
    let hours = 0;
    for (let day = Math.floor(begin / 24); day * 24 < end; day++) {
      hours += Math.max(0, Math.min(end, day * 24 + until) - Math.max(begin, day * 24 + from));
    }
    return hours;
  }
}
