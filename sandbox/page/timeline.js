import { dayMs, element, shortDay } from './dom.js';

const dayOf = (text) => Date.parse(text.slice(0, 10)) / dayMs;

/** A pause of a contract: past, active or scheduled. */
export const kindOf = (pause, today) =>
	pause.until <= today ? 'past' : pause.from > today ? 'scheduled' : 'active';

/** The cycles around today, with the pauses in them. Its text says the same. */
export function timeline(plan, today, text) {
	const from = dayOf(plan.ticks[0]);
	const until = dayOf(plan.ticks.at(-1));
	const place = (date) => ((dayOf(date) - from) / (until - from)) * 100;
	const band = (className, start, end, title) => {
		const left = Math.max(0, place(start));
		const right = Math.min(100, place(end));
		if (right <= left) return [];
		const style = { left: `${left}%`, width: `${right - left}%` };
		return [element('div', { className: `band ${className}`, title, style })];
	};
	const bands = plan.pauses.flatMap((pause) => {
		const kind = kindOf(pause, today);
		return band(kind, pause.from, pause.until, `${kind} pause ${pause.from} – ${pause.until}`);
	});
	if (plan.cancellationDate) {
		bands.push(...band('gone', plan.cancellationDate, plan.ticks.at(-1), 'after the end'));
	}
	const line = element('div', { className: 'timeline', role: 'img', ariaLabel: text }, [
		...ticks(plan.ticks, place, until - from > 1200),
		element('div', { className: 'track' }, bands),
		element('div', {
			className: 'now',
			title: `today, ${today}`,
			style: { left: `${place(today)}%` },
		}),
	]);
	line.style.setProperty('--now', `${place(today)}%`);
	return line;
}

/** Narrow time lines name every second cycle, or every fifth; the style sheet chooses. */
function ticks(dates, place, yearly) {
	const last = dates.length - 1;
	return dates.map((date, index) => {
		const names = [
			'tick',
			index === 0 && 'first',
			index === last && 'last',
			index % 2 === 0 && 'even',
			index % 5 === 0 && 'major',
		];
		return element(
			'div',
			{ className: names.filter(Boolean).join(' '), style: { left: `${place(date)}%` } },
			[element('span', { text: yearly ? date.slice(0, 4) : shortDay(date) })],
		);
	});
}
