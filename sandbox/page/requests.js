import { byId, element, say, timeOf } from './dom.js';

const requestsShown = 80;
const mayBreak = '\u200b';
const rows = new Map();

function pathText({ path, query }) {
	const asked = new window.URLSearchParams(query).toString();
	const short = path.replace(/^\/api\/(public\/)?(billing\/)?/, '').replaceAll('/', `/${mayBreak}`);
	return asked === '' ? short : `${short}${mayBreak}?${decodeURIComponent(asked)}`;
}

/** What the vendor made of it, before what the request says of itself. */
function marksOf(entry) {
	const mark = (className, text) => element('b', { className, text });
	return [
		...(entry.committed ? [mark('good', 'carried out')] : []),
		...(entry.throttled ? [mark('bad', 'throttled')] : []),
		...(entry.fault ? [mark('bad', `fault: ${entry.fault}`)] : []),
		...(entry.account ? [entry.account.split('@')[0]] : []),
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
	const contract = /coworkercontracts\/(?:v2\/)?(\d+)/i.exec(entry.path)?.[1];
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
				...(contract && entry.committed
					? [' · ', element('a', { href: `#contract-${contract}`, text: `contract ${contract}` })]
					: []),
			]),
		],
	);
}

/** Shows a request that has come, or what became of it. */
export function showRequest(entry) {
	const earlier = rows.get(entry.n);
	const row = requestRow(entry, earlier?.querySelector('details').open ?? false);
	if (earlier) earlier.replaceWith(row);
	else byId('requests').prepend(row);
	rows.set(entry.n, row);
	if (!earlier && rows.size > requestsShown) {
		const [oldest] = rows.keys();
		rows.get(oldest).remove();
		rows.delete(oldest);
	}
	showWhetherThereAreAny();
}

export function forgetRequests() {
	byId('requests').replaceChildren();
	rows.clear();
	showWhetherThereAreAny();
}

function showWhetherThereAreAny() {
	byId('request-list').hidden = rows.size === 0;
	byId('no-requests').hidden = rows.size > 0;
}

/** Says what a listener would want to know of a request: writes, faults and refusals. */
export function sayRequest({ n, method, path, status, fault, committed, throttled }) {
	if (method === 'GET' && !fault && !throttled && status < 400) return;
	const what = fault ? `fault ${fault}` : throttled ? 'throttled' : `status ${status}`;
	const name = path.split('/').slice(-2).join(' ');
	say(`Request ${n}, ${method} ${name}: ${what}${committed ? ', carried out' : ''}.`);
}
