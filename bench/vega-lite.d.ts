/** Its own types are reachable only for projects that resolve modules by `exports`. */
declare module 'vega-lite' {
	import type { Spec } from 'vega';

	export function compile(spec: object): { spec: Spec };
}
