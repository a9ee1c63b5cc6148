import { byId, control, element, fill, say, shortDay, timeOf } from './dom.js';
import { kindOf, timeline } from './timeline.js';
import { operations } from './words.js';

const changesShown = 4;
/** The rows that are shown, with what each was drawn from, so that only changed ones are replaced. */
let drawn = new Map();
/** How many contracts come before those that are shown, and how many there may be on a page. */
let first = 0;
let pageSize;
/** The last drawing that was asked for: an answer that comes after a later one is not drawn. */
let drawing = 0;

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

/** What is asked for; the first time, the customer in the address. */
function asked(contractId) {
	const account =
		byId('account').value || new window.URLSearchParams(window.location.search).get('account');
	return new window.URLSearchParams({
		...(account && { account }),
		find: byId('find').value,
		...(contractId === undefined ? { after: first } : { contractId }),
	});
}

/** Offers the contracts that are shown, and the one that is chosen. */
function offerContracts(select, plans, before = []) {
	const chosen = [...select.options].find((option) => option.selected && option.value !== '');
	const names = plans.map(({ id, pricePlan }) => [String(id), `${id} ${pricePlan}`]);
	const isShown = names.some(([id]) => id === chosen?.value);
	const kept = chosen && !isShown && drawn.has(Number(chosen.value));
	fill(select, [...before, ...(kept ? [[chosen.value, chosen.text]] : []), ...names]);
}

/** Where one page does not hold all, says which are shown, and lets another be chosen. */
function showPlace({ plans, total, found }) {
	const whole = total <= pageSize && byId('find').value === '';
	byId('finding').hidden = whole;
	const last = first + plans.length;
	byId('place').textContent = found === 0 ? `None of ${total}` : `${first + 1}–${last} of ${found}`;
	byId('previous').ariaDisabled = String(first === 0);
	byId('next').ariaDisabled = String(last >= found);
	byId('none').hidden = found > 0;
	byId('none').textContent =
		total === 0
			? 'This customer has no contracts.'
			: 'No contract has this in its number or price plan.';
}

/**
 * Draws a page of the contracts of the chosen customer: where it was, or where a contract is.
 * Gives false when a later drawing has taken its place.
 */
export async function drawContracts(contractId) {
	const mine = ++drawing;
	const answer = await control('GET', `plans?${asked(contractId)}`);
	if (mine !== drawing) return false;
	const { account, accounts, plans, today } = answer;
	({ first, pageSize } = answer);
	fill(
		byId('account'),
		accounts.map(({ email, fullName, contracts }) => [email, `${fullName} (${contracts})`]),
	);
	if (account) byId('account').value = account;
	const focused = document.activeElement?.id;
	showRows(plans.map((plan) => rowOf(plan, today)));
	if (focused) byId(focused)?.focus({ preventScroll: true });
	offerContracts(document.forms['fault-form'].elements.contractId, plans, [['', 'any']]);
	offerContracts(document.forms['hand-form'].elements.contractId, plans);
	showPlace(answer);
	return true;
}

/** Shows a contract, whoever's it is and whatever page it stands on. */
export async function showContract({ contractId, account }) {
	if (byId(`contract-${contractId}`)) return;
	if (byId('account').value !== account) drawn = new Map();
	byId('account').value = account;
	byId('find').value = '';
	while (!(await drawContracts(contractId)));
}

/** Another customer: what differs from the one before is no change. */
export function drawOtherCustomer() {
	drawn = new Map();
	byId('find').value = '';
	first = 0;
	return drawContracts();
}

/** Lets contracts be found by their number or price plan, and pages be turned. */
export function wireFinding() {
	const drawAndSay = async () => {
		await drawContracts();
		say(`Contracts: ${byId('place').textContent}.`);
	};
	byId('find').addEventListener('input', () => {
		first = 0;
		return drawAndSay();
	});
	for (const [id, step] of [
		['previous', -1],
		['next', 1],
	]) {
		byId(id).addEventListener('click', ({ currentTarget }) => {
			if (currentTarget.ariaDisabled === 'true') return;
			first = Math.max(0, first + step * pageSize);
			return drawAndSay();
		});
	}
}

// Many requests in a row draw the contracts once.
let soon;

export function drawContractsSoon() {
	soon ??= setTimeout(async () => {
		soon = undefined;
		await drawContracts();
	}, 60);
}
