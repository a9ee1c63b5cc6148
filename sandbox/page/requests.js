import { showContract } from './contracts.js';
import { byId, element, say, timeOf } from './dom.js';
import { faults } from './words.js';

/** The latest ones; and longer those that changed something, for contracts point at them. */
const requestsShown = 80;
const changesKept = 1000;
const mayBreak = '\u200b';
const rows = new Map();
const kept = new Set();

function pathText({ path, query }) {
	const asked = new window.URLSearchParams(query).toString();
	const short = path.replace(/^\/api\/(public\/)?(billing\/)?/, '').replaceAll('/', `/${mayBreak}`);
	return asked === '' ? short : `${short}${mayBreak}?${decodeURIComponent(asked)}`;
}

const faultName = ({ fault }) => (faults[fault]?.name ?? fault).toLowerCase();
const nameOf = (email) => email.split('@')[0];
const whoOf = ({ account, actor }) =>
	actor ? `${nameOf(actor.operator)} for ${nameOf(account)}` : nameOf(account);

/** What the vendor made of it, before what the request says of itself. */
function marksOf(entry) {
	const mark = (className, text) => element('b', { className, text });
	return [
		...(entry.committed ? [mark('good', 'carried out')] : []),
		...(entry.throttled ? [mark('bad', 'throttled')] : []),
		...(entry.fault ? [mark('bad', `fault: ${faultName(entry)}`)] : []),
		...(entry.account ? [whoOf(entry)] : []),
		timeOf(entry.at),
	].flatMap((one, index) => (index ? [' · ', one] : [one]));
}

function statusOf({ status, fault, ms }) {
	const text = status ?? (fault ? 'no answer' : '…');
	const className = status >= 200 && status < 300 ? 'status good' : 'status bad';
	return element('span', { className, text: ms === null ? text : `${text} · ${ms} ms` });
}

function detailsOf({ method, path, query, headers, body }) {
	const asked = new window.URLSearchParams(query).toString();
	const shown = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
	const text = body === null ? [] : ['', typeof body === 'string' ? body : JSON.stringify(body)];
	const first = `${method} ${path}${asked === '' ? '' : `?${asked}`}`;
	return element('pre', { tabIndex: 0, text: [first, ...shown, ...text].join('\n') });
}

function requestRow(entry, open) {
	const marks = marksOf(entry);
	return element(
		'li',
		{ id: `request-${entry.n}`, tabIndex: -1, className: entry.method === 'GET' ? '' : 'write' },
		[
			element('details', { open }, [
				element('summary', {}, [
					element('span', { className: 'number', text: String(entry.n) }),
					element('span', { className: 'method', text: entry.method }),
					element('span', { className: 'path', text: pathText(entry) }),
					statusOf(entry),
				]),
				detailsOf(entry),
			]),
			element('div', { className: 'marks' }, [
				...marks,
				...(entry.changed ? [' · ', contractLink(entry.changed)] : []),
			]),
		],
	);
}

/** Leads to the contract, also where another customer or page is shown. */
function contractLink(changed) {
	const href = `#contract-${changed.contractId}`;
	const link = element('a', { href, text: `contract ${changed.contractId}` });
	link.addEventListener('click', async (event) => {
		if (byId(href.slice(1))) return;
		event.preventDefault();
		await showContract(changed);
		window.location.hash = href;
	});
	return link;
}

/** Shows a request that has come, or what became of it. */
export function showRequest(entry) {
	const earlier = rows.get(entry.n);
	const row = requestRow(entry, earlier?.querySelector('details').open ?? false);
	if (earlier) earlier.replaceWith(row);
	else byId('requests').prepend(row);
	rows.set(entry.n, row);
	if (entry.committed) kept.add(entry.n);
	leaveOut();
	showWhetherThereAreAny();
}

/** The requests of before this page was open. */
export function showEarlier(entries) {
	const latest = entries.length - requestsShown;
	const shown = entries.filter(({ committed }, index) => index >= latest || committed);
	for (const entry of shown) showRequest(entry);
	if (shown.length < entries.length) byId('left-out').hidden = false;
}

function leaveOut() {
	const passing = [...rows.keys()].filter((n) => !kept.has(n));
	const tooMany = [
		...passing.slice(0, Math.max(0, passing.length - requestsShown)),
		...[...kept].slice(0, Math.max(0, kept.size - changesKept)),
	];
	for (const n of tooMany) {
		rows.get(n).remove();
		rows.delete(n);
		kept.delete(n);
	}
	if (tooMany.length > 0) byId('left-out').hidden = false;
}

export function forgetRequests() {
	byId('requests').replaceChildren();
	rows.clear();
	kept.clear();
	byId('left-out').hidden = true;
	showWhetherThereAreAny();
}

function showWhetherThereAreAny() {
	byId('request-list').hidden = rows.size === 0;
	byId('no-requests').hidden = rows.size > 0;
}

/** Says what a listener would want to know of a request: writes, faults and refusals. */
export function sayRequest({ n, method, path, status, fault, committed, throttled }) {
	if (method === 'GET' && !fault && !throttled && status < 400) return;
	const what = fault
		? `fault ${faultName({ fault })}`
		: throttled
			? 'throttled'
			: `status ${status}`;
	const name = path.split('/').slice(-2).join(' ');
	say(`Request ${n}, ${method} ${name}: ${what}${committed ? ', carried out' : ''}.`);
}
