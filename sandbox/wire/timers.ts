/** Waits that all end, without effect, when the stand-in is reset or closed. */
export class Timers {
	private readonly running = new Set<NodeJS.Timeout>();

	after(ms: number, act: () => void): void {
		const timer = setTimeout(() => {
			this.running.delete(timer);
			act();
		}, ms);
		this.running.add(timer);
	}

	/** Repeats `act` until it returns false. */
	every(ms: number, act: () => boolean): void {
		const timer = setInterval(() => {
			if (act()) return;
			clearInterval(timer);
			this.running.delete(timer);
		}, ms);
		this.running.add(timer);
	}

	clear(): void {
		for (const timer of this.running) clearTimeout(timer);
		this.running.clear();
	}
}
