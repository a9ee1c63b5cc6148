import { SYSTEMS } from './simulation/systems';

describe.each(SYSTEMS.map((of) => [of.name, of] as const))(
	'The mistakes planted in %s',
	(_, of) => {
		it.each(of.mutants.map(({ name, patches }) => [name, patches] as const))(
			'fit the sources: one that %s',
			(_name, patches) => {
				expect(() => of.loadEngine(patches)).not.toThrow();
			},
		);
	},
);
