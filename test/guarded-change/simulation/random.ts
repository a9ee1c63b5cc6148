/** Numbers from one seed (sfc32): the same seed gives the same history on every machine. */
export class Random {
	private a: number;
	private b: number;
	private c: number;
	private d = 1;

	constructor(seed: number) {
		this.a = seed | 0;
		this.b = Math.imul(seed, 0x9e3779b1) | 0;
		this.c = (seed / 2 ** 32) | 0;
		for (let i = 0; i < 12; i++) this.next();
	}

	/** 0 to 1, 1 excluded */
	next(): number {
		const t = (((this.a + this.b) | 0) + this.d) | 0;
		this.d = (this.d + 1) | 0;
		this.a = this.b ^ (this.b >>> 9);
		this.b = (this.c + (this.c << 3)) | 0;
		this.c = (this.c << 21) | (this.c >>> 11);
		this.c = (this.c + t) | 0;
		return (t >>> 0) / 2 ** 32;
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** A whole number, both ends included. */
	between(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	pick<T>(choices: readonly T[]): T {
		return choices[Math.floor(this.next() * choices.length)];
	}
}
