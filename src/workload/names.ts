/** Names that come up while sources are built, numbered in order of first mention. */
import { grouped } from '../core/grouped.ts';
import { FaultError } from '../core/fault.ts';
import { workloadFault } from './fault.ts';
import { MAX_NAMES } from './limits.ts';
import type { RequestClass } from './request-table.ts';

export class Names {
  readonly names: string[] = [];
  readonly #indices = new Map<string, number>();
  readonly #what: string;

  constructor(what: string) {
    this.#what = what;
  }

  /** @throws FaultError where there are more than a column can tell apart */
  index(name: string): number {
    const known = this.#indices.get(name);
    if (known !== undefined) return known;
    if (this.names.length === MAX_NAMES) throw new FaultError([workloadFault(['workload'], `has more than ${grouped(MAX_NAMES)} ${this.#what}`)]);
    this.#indices.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}

/** The classes of a scenario, or, without one, those that turn up: all of one priority, without targets. */
export class OpenClasses {
  readonly classes: RequestClass[];
  readonly #names = new Names('classes');
  readonly #isOpen: boolean;

  constructor(classes: readonly RequestClass[] | undefined) {
    this.#isOpen = classes === undefined;
    this.classes = [...(classes ?? [])];
    for (const { name } of this.classes) this.#names.index(name);
  }

  /** Undefined: the scenario has no class of this name. */
  index(name: string): number | undefined {
    if (!this.#isOpen && !this.#names.names.includes(name)) return undefined;
    const index = this.#names.index(name);
    if (index === this.classes.length) this.classes.push({ name, priority: 1, weight: 1, sla: {} });
    return index;
  }
}
