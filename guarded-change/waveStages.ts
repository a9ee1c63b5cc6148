import { Waves, type WaveSource } from './waves';

/**
 * Reads that the items of one run make one after the other, each in waves. When all items at work
 * wait, wherever, the earliest wave goes: who waits in it joins those who wait in a later one.
 */
export class WaveStages {
	private items = 0;
	private readonly stages: Array<Waves<unknown>> = [];

	constructor(private readonly common: Pick<WaveSource<unknown>, 'size' | 'gather' | 'clock'>) {}

	/** The next read of an item. */
	add<S>(source: Pick<WaveSource<S>, 'readMany' | 'onlyAsked'>): Waves<S> {
		const place = this.stages.length;
		const waves = new Waves<S>({
			...source,
			...this.common,
			// Those who wait in a later one do not come here before it has gone.
			atWork: () =>
				this.stages.slice(place + 1).reduce((left, { length }) => left - length, this.items),
			joined: () => {
				for (const earlier of this.stages.slice(0, place)) earlier.nudge();
			},
		});
		this.stages.push(waves as Waves<unknown>);
		return waves;
	}

	/** An item is at work from now on. */
	begins(): void {
		this.items += 1;
	}

	/** It is no more: others may wait for its company no longer. */
	ends(): void {
		this.items -= 1;
		for (const waves of this.stages) waves.nudge();
	}
}
