import { median, rounded } from './figures';
import type { Stage } from './stage';

export type Figures = Readonly<Record<string, unknown>>;
/** This many cases with all people and everything around them; `now`: the time they are made for. */
export interface House {
  readonly size: number;
  readonly stage: Stage;
  readonly now: Date;
}

/** Measurements of several houses, by name, in turns. */
export class Tally {
  private readonly took = new Map<string, Map<House, number[]>>();
  constructor(private readonly houses: readonly House[]) {}

  add(name: string, house: House, ms: number): void {
    const of = this.took.get(name) ?? new Map<House, number[]>();
    this.took.set(name, of);
    of.set(house, [...(of.get(house) ?? []), ms]);
  }

  /** The medians, ms, in the order of the houses; and for the last, the median ratio to the first in each turn. */
  figures(): Readonly<Record<string, { readonly ms: readonly number[]; readonly ratio: number }>> {
    const of = (name: string, house: House | undefined) => (house && this.took.get(name)?.get(house)) ?? [];
    const [few] = this.houses;
    const many = this.houses.at(-1);
    return Object.fromEntries(
      [...this.took.keys()].map((name) => {
        const base = of(name, few);
        const ratios = of(name, many).map((ms, i) => ms / (base[i] ?? Number.NaN));
        return [
          name,
          { ms: this.houses.map((house) => rounded(median(of(name, house)), 1)), ratio: rounded(median(ratios)) },
        ];
      }),
    );
  }
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
