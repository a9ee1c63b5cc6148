/** Shows that a long step is alive: a line that renews itself on a terminal, else one every 15 s. */

export interface Progress {
	/** Begins a step, e.g. "Installing n8n 2.40.7". */
	step(text: string): void;
	/** What the running step has reached, e.g. "812 of 2300 packages". */
	detail(text: string): void;
	/** Ends the running step; its time stays on the screen. */
	done(): void;
	/** Ends a step that did not succeed. */
	abandon(): void;
}

export interface ProgressOutput {
	isTTY?: boolean;
	write(text: string): unknown;
}

const LIVE_INTERVAL = 500;
const LINE_INTERVAL = 15_000;
const CLEAR_LINE = '\r\u001b[2K';

/**
 * @param now milliseconds; tests give their own clock
 */
export function createProgress(output: ProgressOutput, now: () => number = Date.now): Progress {
	let text = '';
	let detail = '';
	let began = 0;
	let timer: NodeJS.Timeout | undefined;

	const line = () => `  ${text}${detail ? `: ${detail}` : ''} (${elapsed(now() - began)})`;
	const show = () => output.write(output.isTTY ? CLEAR_LINE + line() : `${line()}\n`);
	const end = (word: string) => {
		if (!timer) return;
		clearInterval(timer);
		timer = undefined;
		detail = '';
		output.write(
			`${output.isTTY ? CLEAR_LINE : ''}  ${text}: ${word} (${elapsed(now() - began)})\n`,
		);
	};

	return {
		step(next) {
			end('done');
			text = next;
			began = now();
			timer = setInterval(show, output.isTTY ? LIVE_INTERVAL : LINE_INTERVAL);
			show();
		},
		detail(next) {
			detail = next;
		},
		done: () => end('done'),
		abandon: () => end('not finished'),
	};
}

/** Milliseconds as `m:ss`. */
export function elapsed(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
