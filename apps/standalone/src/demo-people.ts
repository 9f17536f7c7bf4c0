export interface DemoPerson {
  readonly name: string;
  readonly phone: string;
}

const names = ['Ana', 'Bao', 'Chidi', 'Dora', 'Emeka', 'Farid', 'Greta', 'Hana', 'Ines', 'Jonas'];

/** People of one run, with Spanish mobile numbers whose last two digits go through all personas of the simulator. */
export function demoPeople(run: number, count: number): DemoPerson[] {
  const first = 600_000_000 + (run % 90_000) * 1_000;
  return Array.from({ length: count }, (_, index) => ({
    name: names[index % names.length] as string,
    phone: `+34${first + index}`,
  }));
}
