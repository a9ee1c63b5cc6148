const { URLSearchParams } = window;
const byId = (id) => document.getElementById(id);
const dayMs = 86_400_000;
const requestsShown = 80;
const mayBreak = '\u200b';
const timeZone = 'Europe/Madrid';

const readingNames = {
	scheduledPause: 'A scheduled pause is',
	secondPause: 'A second pause is',
	resumeAtEnd: 'Resume at end means',
	throttleStatus: 'Throttled by status',
	listShape: 'The list comes as',
	listCarriesEligibility: 'Rows carry eligibility',
	writeReply: 'A write is answered by',
	tokenErrorStatus: 'Sign-in errors by status',
	contractEnvelope: 'A contract comes',
};

// Values for the faults that need more than a kind, so that one click orders a sensible one.
const faultDetails = {
	thenRefuse: { ms: 3000 },
	stall: { commit: 'before' },
	drip: { ms: 200 },
	redirect: { status: 302 },
	status: { status: 503, commit: true },
	html: { commit: true },
	delay: { ms: 3000 },
	slowButOk: { ms: 3000 },
};

const account = new URLSearchParams(location.search).get('account');
let offset = 0;
let states = new Map();

/** Makes an element; text is always text, never markup. */
function element(tag, { className, text, style, title } = {}, children = []) {
	const made = document.createElement(tag);
	if (className) made.className = className;
	if (text !== undefined) made.textContent = text;
	if (title) made.title = title;
	Object.assign(made.style, style);
	made.append(...children);
	return made;
}

async function control(method, path, body) {
	const reply = await fetch(`/_sandbox/${path}`, {
		method,
		headers: { 'content-type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	return await reply.json();
}

const dayOf = (text) => Date.parse(text.slice(0, 10)) / dayMs;
const shortDay = (text, withYear) =>
	new Date(Date.parse(text.slice(0, 10))).toLocaleDateString('en-GB', {
		day: 'numeric',
		month: 'short',
		year: withYear ? 'numeric' : undefined,
		timeZone: 'UTC',
	});

function stateOf(plan) {
	if (plan.cancelled) return ['cancelled', `Cancelled ${shortDay(plan.cancellationDate)}`];
	if (plan.state === 'active') return ['active', 'Paused'];
	if (plan.state === 'scheduled') return ['scheduled', 'Pause scheduled'];
	if (plan.ending) return ['ending', `Ends ${shortDay(plan.cancellationDate)}`];
	return ['running', 'Running'];
}

function pauseText(plan, today) {
	const pause = plan.pauses.find((one) => one.until > today);
	if (pause) {
		const cycles = plan.pausedCycles === 1 ? '1 cycle' : `${plan.pausedCycles} cycles`;
		return `${shortDay(pause.from)} – ${shortDay(pause.until)}, ${cycles}`;
	}
	if (!plan.canBePausedByPlan) return 'The price plan allows no pause';
	return `${plan.pausesUsed} of ${plan.pauseYearlyLimit} pauses used, up to ${plan.pauseCyclesLimit} cycles`;
}

function timeline(plan, today) {
	const from = dayOf(plan.ticks[0]);
	const until = dayOf(plan.ticks.at(-1));
	const place = (date) => ((dayOf(date) - from) / (until - from)) * 100;
	const band = (className, start, end, title) => {
		const left = Math.max(0, place(start));
		const right = Math.min(100, place(end));
		return right > left
			? [
					element('div', {
						className: `band ${className}`,
						title,
						style: { left: `${left}%`, width: `${right - left}%` },
					}),
				]
			: [];
	};
	const kind = (pause) =>
		pause.until <= today ? 'past' : pause.from > today ? 'scheduled' : 'active';
	const bands = plan.pauses.flatMap((pause) =>
		band(
			kind(pause),
			pause.from,
			pause.until,
			`${kind(pause)} pause ${pause.from} – ${pause.until}`,
		),
	);
	if (plan.cancellationDate) {
		bands.push(...band('gone', plan.cancellationDate, plan.ticks.at(-1), 'after the end'));
	}
	const yearly = until - from > 1200;
	const ticks = plan.ticks.map((date, index) =>
		element(
			'div',
			{
				className: index === plan.ticks.length - 1 ? 'tick last' : 'tick',
				style: { left: `${place(date)}%` },
			},
			[element('span', { text: yearly ? date.slice(0, 4) : shortDay(date) })],
		),
	);
	const line = element('div', { className: 'timeline' }, [
		...ticks,
		element('div', { className: 'track' }, bands),
		element('div', {
			className: 'now',
			title: `today, ${today}`,
			style: { left: `${place(today)}%` },
		}),
	]);
	line.setAttribute('role', 'img');
	line.setAttribute('aria-label', `Time line: ${stateOf(plan)[1]}. ${pauseText(plan, today)}`);
	return line;
}

function planRow(plan, today) {
	const [kind, label] = stateOf(plan);
	const row = element('li', { className: 'plan' }, [
		element('div', {}, [
			element('h3', { text: plan.pricePlan }),
			element('p', { className: 'facts', text: `${plan.id} · €${plan.price} ${plan.cycle}` }),
			element('p', { className: 'facts', text: pauseText(plan, today) }),
			element('span', { className: `badge is-${kind}`, text: label }),
		]),
		timeline(plan, today),
	]);
	const state = `${plan.state} ${plan.from} ${plan.until}`;
	if (states.has(plan.id) && states.get(plan.id) !== state) row.classList.add('changed');
	states.set(plan.id, state);
	return row;
}

async function drawPlans() {
	const chosen = byId('account').value || account;
	const query = chosen ? `?account=${encodeURIComponent(chosen)}` : '';
	const shown = await control('GET', `plans${query}`);
	byId('account').replaceChildren(
		...shown.accounts.map(({ email, fullName, contracts }) => {
			const option = element('option', { text: `${fullName} (${contracts})` });
			option.value = email;
			option.selected = email === shown.account;
			return option;
		}),
	);
	byId('plans').replaceChildren(...shown.plans.map((plan) => planRow(plan, shown.today)));
	byId('more').hidden = shown.total === shown.plans.length && shown.total > 0;
	byId('more').textContent =
		shown.total === 0
			? 'This customer has no contracts.'
			: `The first ${shown.plans.length} of ${shown.total} contracts.`;
}

// Many requests in a row draw the plans once.
let drawing;
function drawPlansSoon() {
	drawing ??= setTimeout(async () => {
		drawing = undefined;
		await drawPlans();
	}, 60);
}

function requestRow(entry) {
	const query = new URLSearchParams(entry.query).toString();
	const marks = [];
	if (entry.committed) marks.push(element('b', { className: 'committed', text: 'committed' }));
	if (entry.throttled) marks.push(element('b', { className: 'fault', text: 'throttled' }));
	if (entry.fault) marks.push(element('b', { className: 'fault', text: `fault: ${entry.fault}` }));
	if (entry.account) marks.push(entry.account.split('@')[0]);
	marks.push(new Date(entry.at).toLocaleTimeString('en-GB', { timeZone }));
	const status = entry.status ?? (entry.fault ? '–' : '…');
	return element('li', { className: entry.method === 'GET' ? '' : 'write' }, [
		element('span', { className: 'method', text: entry.method }),
		element('span', {
			className: 'path',
			text:
				entry.path.replace(/^\/api\/public\/(billing\/)?/, '').replaceAll('/', `/${mayBreak}`) +
				(query && entry.kind === 'resume' ? `${mayBreak}?${query}` : ''),
			title: query ? `${entry.path}?${decodeURIComponent(query)}` : entry.path,
		}),
		element('span', {
			className: `status ${entry.status >= 200 && entry.status < 300 ? 'good' : 'bad'}`,
			text: entry.ms === null ? status : `${status} · ${entry.ms} ms`,
		}),
		element(
			'span',
			{ className: 'marks' },
			marks.flatMap((mark, index) => (index ? [' · ', mark] : [mark])),
		),
	]);
}

const rows = new Map();

function showRequest(entry) {
	const row = requestRow(entry);
	const earlier = rows.get(entry.n);
	if (earlier) earlier.replaceWith(row);
	else byId('requests').prepend(row);
	rows.set(entry.n, row);
	if (!earlier && rows.size > requestsShown) {
		const [oldest] = rows.keys();
		rows.get(oldest).remove();
		rows.delete(oldest);
	}
}

function showState(state) {
	offset = Date.parse(state.now) - Date.now();
	tick();
	byId('readings')
		.querySelectorAll('select')
		.forEach((select) => (select.value = String(state.readings[select.name])));
	byId('faults').replaceChildren(
		...state.faults.map((fault) =>
			element('li', { text: `${fault.kind} on ${fault.route} × ${fault.times ?? '∞'}` }),
		),
	);
	const { requestsPerMinute, writesPerMinute, minSpacingMs } = state.throttle;
	byId('limits').textContent =
		requestsPerMinute + writesPerMinute + minSpacingMs === 0
			? 'No limits.'
			: `${requestsPerMinute} requests and ${writesPerMinute} writes a minute, ${minSpacingMs} ms apart.`;
}

function tick() {
	const now = new Date(Date.now() + offset);
	const text = now.toLocaleString('en-GB', {
		weekday: 'short',
		day: 'numeric',
		month: 'short',
		year: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
		timeZone,
	});
	byId('now').textContent = text;
	byId('now').dateTime = now.toISOString();
}

function listen() {
	const events = new EventSource('/_sandbox/events');
	const live = (on) => {
		byId('live').textContent = on ? 'live' : 'not connected';
		byId('live').classList.toggle('on', on);
	};
	events.addEventListener('open', () => live(true));
	events.addEventListener('error', () => live(false));
	events.addEventListener('request', ({ data }) => showRequest(JSON.parse(data)));
	events.addEventListener('done', ({ data }) => {
		const entry = JSON.parse(data);
		showRequest(entry);
		if (entry.fault) refreshState();
		if (entry.committed) drawPlansSoon();
	});
	events.addEventListener('reset', () => {
		byId('requests').replaceChildren();
		rows.clear();
		drawPlansSoon();
	});
	events.addEventListener('control', ({ data }) => {
		showState(JSON.parse(data));
		drawPlansSoon();
	});
}

async function refreshState() {
	showState(await control('GET', 'state'));
}

function options(select, values) {
	select.replaceChildren(
		...values.map((value) => {
			const option = element('option', { text: String(value) });
			option.value = String(value);
			return option;
		}),
	);
}

function wireForms({ readings, faults, documentedLimits }) {
	byId('readings').replaceChildren(
		...Object.entries(readings).map(([name, choices]) => {
			const select = element('select');
			select.name = name;
			options(select, choices);
			select.addEventListener('change', () => {
				const value = choices.find((choice) => String(choice) === select.value);
				void control('PUT', 'readings', { [name]: value });
			});
			return element('label', { text: readingNames[name] ?? name }, [select]);
		}),
	);

	const form = byId('fault-form');
	options(form.elements.route, [
		'pause',
		'resume',
		'meta',
		'contract',
		'list',
		'bookings',
		'profiles',
		'token',
		'any',
	]);
	options(form.elements.kind, faults);
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		const kind = form.elements.kind.value;
		void control('POST', 'faults', {
			route: form.elements.route.value,
			kind,
			times: Number(form.elements.times.value),
			...faultDetails[kind],
		});
	});
	byId('clear-faults').addEventListener('click', () => control('DELETE', 'faults'));
	byId('limits-on').addEventListener('click', () => control('PUT', 'throttle', documentedLimits));
	byId('limits-off').addEventListener('click', () =>
		control('PUT', 'throttle', { requestsPerMinute: 0, writesPerMinute: 0, minSpacingMs: 0 }),
	);
	byId('expire').addEventListener('click', () => control('POST', 'expire-sessions', {}));
}

function wireClock() {
	for (const button of document.querySelectorAll('[data-advance]')) {
		button.addEventListener('click', () => {
			const now = new Date(Date.now() + offset);
			const later = new Date(now);
			if (button.dataset.advance === 'month') later.setUTCMonth(now.getUTCMonth() + 1);
			else later.setUTCDate(now.getUTCDate() + Number(button.dataset.advance));
			void control('POST', 'clock', { advanceMs: later - now });
		});
	}
	byId('reset').addEventListener('click', () => control('POST', 'reset'));
	byId('account').addEventListener('change', () => {
		states = new Map();
		void drawPlans();
	});
	setInterval(tick, 1000);
}

wireForms(await control('GET', 'choices'));
wireClock();
await refreshState();
for (const entry of (await control('GET', 'requests')).slice(-requestsShown)) showRequest(entry);
await drawPlans();
listen();
