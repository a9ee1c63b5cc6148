import { byId, dayMs, element, fill, order, timeZone } from './dom.js';
import { drawOtherCustomer, wireFinding } from './contracts.js';
import { faults, readings, routes as routeNames } from './words.js';

let offset = 0;
let usual = {};

/** Shows clock, readings, faults and limits as they are now. */
export function showState({ now, readings: chosen, faults: waiting, throttle }) {
	offset = Date.parse(now) - Date.now();
	tick();
	for (const select of byId('readings').querySelectorAll('select')) {
		select.value = String(chosen[select.name]);
		const isUsual = select.value === String(usual[select.name]);
		select.closest('label').classList.toggle('other', !isUsual);
	}
	byId('faults').replaceChildren(
		...waiting.map((fault) => element('li', { text: faultText(fault) })),
	);
	byId('faults').hidden = waiting.length === 0;
	const { requestsPerMinute, writesPerMinute, minSpacingMs } = throttle;
	byId('limits').textContent =
		requestsPerMinute + writesPerMinute + minSpacingMs === 0
			? 'No limits.'
			: `${requestsPerMinute} requests and ${writesPerMinute} writes a minute, ${minSpacingMs} ms apart.`;
}

const faultName = (kind) => faults[kind]?.name ?? kind;
const routeName = (route) => routeNames[route] ?? route;

function faultText({ kind, route, times, contractId, ms, status }) {
	const details = [
		status && `status ${status}`,
		ms && `${ms} ms`,
		contractId && `contract ${contractId}`,
	];
	const more = details.filter(Boolean).join(', ');
	const often = times === 1 ? 'once' : `${times ?? 'any number of'} times`;
	return `${faultName(kind)} on ${routeName(route)}${more ? ` (${more})` : ''}, ${often}`;
}

const textOf = (moment) =>
	new Date(moment).toLocaleString('en-GB', {
		weekday: 'short',
		day: 'numeric',
		month: 'short',
		year: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
		timeZone,
	});

function tick() {
	const now = new Date(Date.now() + offset);
	byId('now').textContent = textOf(now);
	byId('now').dateTime = now.toISOString();
}

function wireReadings(choices) {
	usual = Object.fromEntries(Object.entries(choices).map(([name, [first]]) => [name, first]));
	byId('readings').replaceChildren(
		...Object.entries(choices).map(([name, values]) => {
			const [question, words] = readings[name] ?? [name, {}];
			const select = element('select', { name });
			fill(
				select,
				values.map((value) => [value, words[value] ?? String(value)]),
			);
			select.addEventListener('change', async () => {
				const value = values.find((one) => String(one) === select.value);
				const said = `${question} ${select.selectedOptions[0].text}.`;
				await order('PUT', 'readings', { [name]: value }, said);
			});
			return element('label', {}, [element('span', { text: question }), select]);
		}),
	);
}

function wireFaults(kinds, routes) {
	const form = byId('fault-form');
	const { route, kind, contractId, times, ms, status, commit } = form.elements;
	const named = (names, nameOf) => names.map((name) => [name, nameOf(name)]);
	fill(route, named([...routes, 'any'], routeName));
	fill(kind, named(kinds, faultName));
	if (routes.includes('pause')) route.value = 'pause';
	const showDetails = () => {
		const known = faults[kind.value] ?? { text: '' };
		byId('fault-text').textContent = known.text;
		byId('fault-code').textContent = kind.value;
		for (const label of form.querySelectorAll('[data-detail]')) {
			const { detail } = label.dataset;
			label.hidden = known[detail] === undefined;
			const input = form.elements[detail];
			input.disabled = label.hidden;
			if (detail === 'commit') input.checked = known.commit === true;
			else input.value = known[detail] ?? '';
		}
	};
	kind.addEventListener('change', showDetails);
	showDetails();
	form.addEventListener('submit', async (event) => {
		event.preventDefault();
		const done = kind.value === 'stall' ? (commit.checked ? 'before' : 'never') : commit.checked;
		const fault = {
			route: route.value,
			kind: kind.value,
			times: Number(times.value),
			...(contractId.value !== '' && { contractId: Number(contractId.value) }),
			...(!ms.disabled && { ms: Number(ms.value) }),
			...(!status.disabled && { status: Number(status.value) }),
			...(!commit.disabled && { commit: done }),
		};
		const said = `Ordered: ${faultName(kind.value)} on ${routeName(route.value)}.`;
		await order('POST', 'faults', fault, said);
	});
	byId('clear-faults').addEventListener('click', () =>
		order('DELETE', 'faults', undefined, 'No fault waits.'),
	);
}

function wireClock() {
	const move = (body, to) => order('POST', 'clock', body, `Vendor's clock: ${textOf(to)}.`);
	for (const button of document.querySelectorAll('[data-advance]')) {
		button.addEventListener('click', () => {
			const now = new Date(Date.now() + offset);
			const later = new Date(now);
			if (button.dataset.advance === 'month') later.setUTCMonth(now.getUTCMonth() + 1);
			else later.setTime(now.getTime() + Number(button.dataset.advance) * dayMs);
			return move({ advanceMs: later - now }, later);
		});
	}
	byId('clock-form').addEventListener('submit', (event) => {
		event.preventDefault();
		const to = onDay(byId('clock-to').value).toISOString();
		return move({ set: to }, to);
	});
	setInterval(tick, 1000);
}

/** The time of day that it is, on that day where the clock is shown. */
function onDay(day) {
	const at = Date.parse(day + new Date(Date.now() + offset).toISOString().slice(10));
	const shown = new Date(at).toLocaleDateString('en-CA', { timeZone });
	return new Date(at + Date.parse(day) - Date.parse(shown));
}

function wireOtherHand() {
	const form = byId('hand-form');
	form.addEventListener('submit', async (event) => {
		event.preventDefault();
		const contractId = Number(form.elements.contractId.value);
		const pauses = event.submitter?.value !== 'resume';
		const change = { contractId, ...(pauses && { pause: Number(form.elements.cycles.value) }) };
		const said = `Somebody else has ${pauses ? 'paused' : 'resumed'} contract ${contractId}.`;
		await order('POST', 'other-hand', change, said);
	});
}

/** Lets the controls act. */
export function wireControls({ readings: choices, faults: kinds, routes, documentedLimits }) {
	wireReadings(choices);
	wireFaults(kinds, routes);
	wireClock();
	wireOtherHand();
	const click = (id, said, ...call) =>
		byId(id).addEventListener('click', () => order(...call, said));
	const none = Object.fromEntries(Object.keys(documentedLimits).map((name) => [name, 0]));
	click('limits-on', 'Documented limits are on.', 'PUT', 'throttle', documentedLimits);
	click('limits-off', 'There are no limits.', 'PUT', 'throttle', none);
	click('expire', 'Every session has expired.', 'POST', 'expire-sessions', {});
	click('reset', 'The story begins anew.', 'POST', 'reset', undefined);
	byId('account').addEventListener('change', drawOtherCustomer);
	wireFinding();
}
