/** The one list of arrival processes. */
import type { ArrivalDefinition } from './arrival.ts';
import { burst } from './burst.ts';
import { constant } from './constant.ts';
import { diurnal } from './diurnal.ts';
import { gamma } from './gamma.ts';
import { onOff } from './on-off.ts';
import { poisson } from './poisson.ts';
import { profile } from './profile.ts';
import { ramp } from './ramp.ts';
import { uniform } from './uniform.ts';
import { weibull } from './weibull.ts';

export const ARRIVALS: readonly ArrivalDefinition<never>[] = [
  constant, poisson, gamma, weibull, uniform, burst, onOff, ramp, diurnal, profile,
];
