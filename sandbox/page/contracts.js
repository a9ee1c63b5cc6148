import { byId, control, element, fill, shortDay, timeOf } from './dom.js';
import { kindOf, timeline } from './timeline.js';
import { operations } from './words.js';

const changesShown = 4;
/** The rows that are shown, with what each was drawn from, so that only changed ones are replaced. */
let drawn = new Map();

function stateOf(plan) {
	if (plan.cancelled) return ['cancelled', `Cancelled ${shortDay(plan.cancellationDate)}`];
	if (plan.state === 'active') return ['active', 'Paused'];
	if (plan.state === 'scheduled') return ['scheduled', 'Pause scheduled'];
	if (plan.ending) return ['ending', `Ends ${shortDay(plan.cancellationDate)}`];
	return ['running', 'Running'];
}

const daysText = ({ from, until }) => `${shortDay(from)} – ${shortDay(until)}`;

function pauseText(plan, today) {
	const pause = plan.pauses.find((one) => one.until > today);
	if (pause) {
		const cycles = plan.pausedCycles === 1 ? '1 cycle' : `${plan.pausedCycles} cycles`;
		const later = plan.pauses.filter((one) => one.from > pause.from).length;
		return `${daysText(pause)}, ${cycles}${later > 0 ? `; ${later} more later` : ''}`;
	}
	if (!plan.canBePausedByPlan) return 'The price plan allows no pause';
	return `${plan.pausesUsed} of ${plan.pauseYearlyLimit} pauses used, up to ${plan.pauseCyclesLimit} cycles`;
}

function timelineText(plan, today) {
	const pauses = plan.pauses.map(
		(pause) =>
			`${kindOf(pause, today)} pause from ${shortDay(pause.from, true)} to ${shortDay(pause.until, true)}`,
	);
	const known = pauses.length === 0 ? 'no pause' : pauses.join(', ');
	return `Time line: ${stateOf(plan)[1]}; ${known}; next cycle begins ${shortDay(plan.renewal, true)}`;
}

const stateText = (view) =>
	view.state === 'none' ? 'not paused' : `${view.state} ${daysText(view)}`;

/** What a change made of the contract; of a pause period, what it made of that period. */
function effectOf({ before, after, period, changedSomething }) {
	if (!changedSomething) return 'changed nothing';
	if (!period) return `${stateText(before)} → ${stateText(after)}`;
	const [from, to] = [period.before, period.after].map((days) => days && daysText(days));
	if (from === to) return `${to}, its notes`;
	return [from, to].filter(Boolean).join(' → ');
}

/** One change, with the request that made it. */
function changeLine(change) {
	const { request, operation, cycles, at, changedSomething } = change;
	const what = `${operations[operation] ?? operation}${cycles ? `, ${cycles} ${cycles === 1 ? 'cycle' : 'cycles'}` : ''}`;
	const who =
		request === undefined
			? 'Somebody else'
			: element('a', {
					href: `#request-${request}`,
					id: `change-${request}`,
					text: `Request ${request}`,
				});
	return element('li', { className: changedSomething ? '' : 'nothing' }, [
		who,
		` at ${timeOf(at)}: ${what}: ${effectOf(change)}`,
	]);
}

function history(plan) {
	if (plan.changes.length === 0) return [];
	const latest = plan.changes.slice(-changesShown).reverse();
	const more = plan.changes.length - latest.length;
	return [
		element('ul', { className: 'history', ariaLabel: 'What changed it, newest first' }, [
			...latest.map(changeLine),
			...(more > 0 ? [element('li', { className: 'nothing', text: `${more} earlier` })] : []),
		]),
	];
}

function planRow(plan, today) {
	const [kind, label] = stateOf(plan);
	const row = element('li', { className: 'plan', id: `contract-${plan.id}`, tabIndex: -1 }, [
		element('div', {}, [
			element('h3', { text: plan.pricePlan }),
			element('p', { className: 'facts', text: `${plan.id} · €${plan.price} ${plan.cycle}` }),
			element('p', { className: 'facts', text: pauseText(plan, today) }),
			element('span', { className: `badge is-${kind}`, text: label }),
		]),
		timeline(plan, today, timelineText(plan, today)),
		...history(plan),
	]);
	return row;
}

/** The row of a contract: the one that is there, where nothing differs. */
function rowOf(plan, today) {
	const known = drawn.get(plan.id);
	const source = JSON.stringify([plan, today]);
	if (known?.source === source) return known.row;
	const row = planRow(plan, today);
	const state = `${plan.state} ${plan.from} ${plan.until}`;
	if (known && known.state !== state) row.classList.add('changed');
	drawn.set(plan.id, { source, state, row });
	return row;
}

/** Rows that stay are not touched: they keep the focus, and their marks fade in peace. */
function showRows(rows) {
	const list = byId('plans');
	for (const row of [...list.children]) if (!rows.includes(row)) row.remove();
	rows.forEach((row, index) => {
		if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
	});
}

/** Draws the contracts of the chosen customer; the first time, of the one in the address. */
export async function drawContracts() {
	const chosen =
		byId('account').value || new window.URLSearchParams(window.location.search).get('account');
	const query = chosen ? `?account=${encodeURIComponent(chosen)}` : '';
	const { account, accounts, plans, today, total } = await control('GET', `plans${query}`);
	fill(
		byId('account'),
		accounts.map(({ email, fullName, contracts }) => [email, `${fullName} (${contracts})`]),
	);
	if (account) byId('account').value = account;
	const focused = document.activeElement?.id;
	showRows(plans.map((plan) => rowOf(plan, today)));
	if (focused) byId(focused)?.focus({ preventScroll: true });
	const names = plans.map(({ id, pricePlan }) => [id, `${id} ${pricePlan}`]);
	fill(document.forms['fault-form'].elements.contractId, [['', 'any'], ...names]);
	fill(document.forms['hand-form'].elements.contractId, names);
	byId('more').hidden = total === plans.length && total > 0;
	byId('more').textContent =
		total === 0
			? 'This customer has no contracts.'
			: `The first ${plans.length} of ${total} contracts.`;
}

/** Shows the customer who has a contract, unless it is shown already. */
export async function showCustomerOf({ contractId, account }) {
	if (byId(`contract-${contractId}`) || byId('account').value === account) return;
	byId('account').value = account;
	await drawOtherCustomer();
}

/** Another customer: what differs from the one before is no change. */
export function drawOtherCustomer() {
	drawn = new Map();
	return drawContracts();
}

// Many requests in a row draw the contracts once.
let drawing;

export function drawContractsSoon() {
	drawing ??= setTimeout(async () => {
		drawing = undefined;
		await drawContracts();
	}, 60);
}
