/** Several distributions in one: each length comes from one of them, chosen by weight. */
import * as v from 'valibot';
import { positive } from '../../core/options.ts';
import type { Chosen } from '../definition.ts';
import { definitionOf, definitionSchema } from '../definition.ts';
import type { Bounds, LengthDefinition } from './length.ts';
import { boundOptions, checkBounds } from './length.ts';
import { wholeTokens } from './whole-tokens.ts';

type Component = Chosen<'distribution'> & { readonly weight: number };

interface Options extends Bounds {
  readonly components: readonly Component[];
}

/** @param parts the distributions that may be mixed */
export function mixtureOf(parts: readonly LengthDefinition<never>[]): LengthDefinition<Options> {
  return {
    name: 'mixture',
    summary: 'one of several distributions, chosen by weight',
    options: {
      components: v.pipe(
        v.array(definitionSchema('distribution', parts, {
          weight: positive('how often it is chosen, relative to the others', 1e9),
        })),
        v.minLength(1, 'needs at least one component'),
        v.maxLength(100),
        v.description('a list of distributions, each with a weight'),
      ),
      ...boundOptions,
    },
    check: checkBounds,
    async load(options, files, path) {
      const components: Component[] = [];
      for (const [index, component] of options.components.entries()) {
        const definition = definitionOf(parts, component.distribution);
        const loaded = await definition.load?.(component as never, files, [...path, 'components', index]);
        components.push((loaded as Component | undefined) ?? component);
      }
      return { ...options, components };
    },
    make({ components, ...bounds }, random) {
      const draws = components.map((component) => definitionOf(parts, component.distribution).make(component as never, random));
      const total = components.reduce((sum, { weight }) => sum + weight, 0);
      return wholeTokens(() => {
        let left = random() * total;
        let chosen = 0;
        while (chosen < draws.length - 1 && (left -= components[chosen]!.weight) >= 0) chosen++;
        return draws[chosen]!();
      }, bounds);
    },
  };
}
